package import Domain

/// A Plaid that answers as planned.
package struct ScriptedPlaid: PlaidCalls {
    /// Is called with the account before every answer.
    package typealias Hook = @Sendable (String) async -> Void

    private let world: World
    private let hook: Hook?

    package init(_ world: World, hook: Hook? = nil) {
        self.world = world
        self.hook = hook
    }

    package func createProcessorToken(accessToken: Secret, accountID: String) async -> RemoteCall<Secret> {
        await answer(accountID) { Secret(world.makeToken(accountID)) }
    }

    /// Answers what is planned for the account `link/` and the user's id, with `/update` where a token is given.
    package func createLinkToken(_ order: LinkTokenOrder) async -> RemoteCall<LinkToken> {
        let name = "link/\(order.userID)" + (order.accessToken == nil ? "" : "/update")
        return await answer(name) {
            LinkToken(
                secret: Secret(world.makeToken(name)),
                expiration: (world.clock.now + .seconds(14_400)).description,
                hostedURL: order.form.hosted.map { _ in Secret("https://secure.plaid.com/hl/\(order.userID)") }
            )
        }
    }

    /// Answers what is planned for `exchange/` and the token, and gives an access token named after it, once.
    package func exchange(publicToken: Secret) async -> RemoteCall<ExchangedToken> {
        let token = publicToken.exposed
        return await answer("exchange/\(token)") {
            world.spend(token)
            return ExchangedToken(accessToken: Secret("access-of-\(token)"), itemID: "item-\(token)")
        }
    }

    /// Answers what is planned for `sessions/` and the token; without a plan the sessions that were put there.
    package func getLinkSessions(linkToken: Secret) async -> RemoteCall<[LinkSession]> {
        await answer("sessions/\(linkToken.exposed)") { world.sessions(of: linkToken.exposed) }
    }

    /// Answers what is planned for `item/` and the token; without a plan the Item that was put there, or a good one.
    package func getItem(accessToken: Secret) async -> RemoteCall<ItemReading> {
        let name = "item/\(accessToken.exposed)"
        return await answer(name) { world.item(accessToken.exposed).reading }
    }

    /// Answers what is planned for `accounts/` and the token; without a plan the accounts that were put there.
    package func getAccounts(accessToken: Secret) async -> RemoteCall<[PlaidAccount]> {
        await answer("accounts/\(accessToken.exposed)") { world.item(accessToken.exposed).accounts }
    }

    private func answer<Value>(_ name: String, _ value: () -> Value) async -> RemoteCall<Value> {
        let sentAt = world.clock.now
        let answer = world.plaidAnswer(name)
        await hook?(name)
        await Task.yield()
        world.clock.advance(by: .milliseconds(5))
        let (reply, status): (RemoteCall<Value>.Reply, Int?) =
            switch answer {
            case .token: (.success(value()), 200)
            case .refuse(let status, let code, let type, let message, let retryAfter):
                (
                    .refusal(
                        Refusal(
                            api: .plaid,
                            status: status,
                            type: type,
                            code: code,
                            message: message,
                            requestID: "request-\(name)",
                            retryAfter: retryAfter
                        )
                    ), status
                )
            case .lost: (.lost(why: "time-out"), nil)
            case .neverSent: (.neverSent(why: "no connection"), nil)
            case .unusable: (.unusable(status: 200, why: "no token"), 200)
            }
        return RemoteCall(
            reply: reply,
            sentAt: sentAt,
            latency: world.clock.now.since(sentAt),
            status: status,
            requestID: status.map { _ in "request-\(name)" }
        )
    }
}
