import Hummingbird

/// Which path leads where.
struct LinkRouter: Sendable {
    let site: InvitationSite
    /// Where webhooks go; nothing where none are taken.
    let inbox: WebhookInbox?
    let assets: Assets
    let shell: PageShell
    /// What paths begin with for customers; a proxy may keep it or cut it off.
    let prefix: String

    func make() -> Router<LinkContext> {
        let router = Router(context: LinkContext.self)
        router.add(middleware: shell)
        add(to: router, prefix: "")
        if !prefix.isEmpty { add(to: router, prefix: prefix) }
        return router
    }

    private func add(to router: Router<LinkContext>, prefix: String) {
        let replies = site.replies
        let path = { (rest: String) in RouterPath(prefix + rest) }
        router.get(path("/healthz")) { @concurrent _, _ in replies.empty(.ok) }
        router.get(path("/assets/:name")) { @concurrent _, context in
            assets[context.parameters.get("name") ?? ""].map { replies.file($0) } ?? replies.gone
        }
        addInvitation(to: router, path)
        addReturn(to: router, path)
        if let inbox {
            router.post(path("/webhook")) { @concurrent request, _ in try await inbox.take(request) }
        }
    }

    private func addInvitation(to router: Router<LinkContext>, _ path: (String) -> RouterPath) {
        let address = { @Sendable (context: LinkContext) in
            context.parameters.get("address").flatMap { InvitationAddress.parse($0) }
        }
        router.get(path("/i/:address")) { @concurrent request, context in
            await site.page(at: address(context), request, context)
        }
        router.get(path("/i/:address/state")) { @concurrent request, context in
            await site.state(at: address(context), request, context)
        }
        // A page that a bank leads back to is never the invitation's own.
        for verb in InvitationSite.Verb.allCases where verb != .resume {
            router.post(path("/i/:address/\(verb.rawValue)")) { @concurrent request, context in
                try await site.take(verb, at: address(context), request, context)
            }
        }
    }

    private func addReturn(to router: Router<LinkContext>, _ path: (String) -> RouterPath) {
        // The same for everybody: whether the browser knows an invitation, its script asks next.
        router.get(path("/oauth")) { @concurrent _, _ in site.replies.page }
        router.get(path("/oauth/state")) { @concurrent request, context in
            await site.state(at: site.cookie.address(in: request), request, context)
        }
        for verb in InvitationSite.Verb.allCases {
            router.post(path("/oauth/\(verb.rawValue)")) { @concurrent request, context in
                try await site.take(verb, at: site.cookie.address(in: request), request, context)
            }
        }
    }
}
