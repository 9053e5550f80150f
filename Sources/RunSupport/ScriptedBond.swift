package import Domain

/// A Bond that answers as planned and keeps a world of links.
package struct ScriptedBond: BondCalls {
    /// Is called with the owner and the account before every answer to a POST.
    package typealias Hook = @Sendable (Owner, String) async -> Void

    private let world: World
    private let onPost: Hook?
    private let onList: (@Sendable (Owner) async -> Void)?
    private let onRemove: (@Sendable (String) async -> Void)?

    package init(
        _ world: World,
        onPost: Hook? = nil,
        onList: (@Sendable (Owner) async -> Void)? = nil,
        onRemove: (@Sendable (String) async -> Void)? = nil
    ) {
        self.onRemove = onRemove
        self.world = world
        self.onPost = onPost
        self.onList = onList
    }

    package func linkAccount(
        processorToken: Secret,
        owner: Owner,
        idempotencyKey: String?
    ) async -> RemoteCall<BondAccount> {
        let sentAt = world.clock.now
        let (account, answer) = world.bondAnswer(processorToken.exposed, owner, idempotencyKey)
        await onPost?(owner, account)
        // Gives a second POST of the owner, if there were one, every chance to be out at the same time.
        for _ in 0..<4 { await Task.yield() }
        world.clock.advance(by: .milliseconds(5))
        let (reply, status) = reply(to: answer, owner, account)
        world.postEnded(owner)
        return RemoteCall(
            reply: reply,
            sentAt: sentAt,
            latency: world.clock.now.since(sentAt),
            status: status,
            clockOffset: status.map { _ in world.bondOffset }
        )
    }

    package func listAccounts(of owner: Owner) async -> RemoteCall<[BondAccount]> {
        let sentAt = world.clock.now
        let answer = world.listAnswer(owner)
        await onList?(owner)
        let shown = world.shownLinks(of: owner).map(\.described)
        world.clock.advance(by: .milliseconds(5))
        let (reply, status): (RemoteCall<[BondAccount]>.Reply, Int?) =
            switch answer {
            case .links: (.success(shown), 200)
            case .refuse(let status, let code, let retryAfter):
                (
                    .refusal(Refusal(api: .bond, status: status, code: code, retryAfter: retryAfter)), status
                )
            case .lost: (.lost(why: "time-out"), nil)
            case .unusable: (.unusable(status: 200, why: "not JSON"), 200)
            }
        return RemoteCall(
            reply: reply,
            sentAt: sentAt,
            latency: world.clock.now.since(sentAt),
            status: status,
            clockOffset: status.map { _ in world.bondOffset }
        )
    }

    package func removeAccount(_ linkedAccountID: String, by path: RemovalPath) async -> RemoteCall<Void> {
        let sentAt = world.clock.now
        let answer = world.removalAnswer(linkedAccountID, path)
        await onRemove?(linkedAccountID)
        world.clock.advance(by: .milliseconds(5))
        let (reply, status): (RemoteCall<Void>.Reply, Int?)
        switch answer {
        case .remove: (reply, status) = (world.removeLink(linkedAccountID) ? .success(()) : Self.gone, 200)
        case .refuse(let code, let name, let type):
            (reply, status) = (.refusal(Refusal(api: .bond, status: code, type: type, code: name)), code)
        case .lost(let removed):
            if removed { _ = world.removeLink(linkedAccountID) }
            (reply, status) = (.lost(why: "time-out"), nil)
        case .acceptAndKeep: (reply, status) = (.success(()), 200)
        case .neverSent: (reply, status) = (.neverSent(why: "no connection"), nil)
        }
        return RemoteCall(reply: reply, sentAt: sentAt, latency: world.clock.now.since(sentAt), status: status)
    }

    private static let gone = RemoteCall<Void>.Reply.refusal(Refusal(api: .bond, status: 404, code: "linked_dne"))

    private func reply(
        to answer: BondScript,
        _ owner: Owner,
        _ account: String
    ) -> (RemoteCall<BondAccount>.Reply, Int?) {
        switch answer {
        case .link: return (.success(world.makeLink(owner, account).described), 201)
        case .refuse(let status, let code, let message, let retryAfter):
            return (refusal(status, code, message, retryAfter), status)
        case .lost(let made):
            if made { _ = world.makeLink(owner, account) }
            return (.lost(why: "time-out"), nil)
        case .failAfterLinking(let status, let code):
            _ = world.makeLink(owner, account)
            return (refusal(status, code, nil, nil), status)
        case .unusable(let made):
            if made { _ = world.makeLink(owner, account) }
            return (.unusable(status: 200, why: "no linked_account_id"), 200)
        case .neverSent: return (.neverSent(why: "no connection"), nil)
        case .answerWith(let link): return (.success(Sample.bondAccount(link, created: world.bondNow.description)), 201)
        }
    }

    private func refusal(
        _ status: Int,
        _ code: String?,
        _ message: String?,
        _ retryAfter: Duration?
    ) -> RemoteCall<BondAccount>.Reply {
        .refusal(Refusal(api: .bond, status: status, code: code, message: message, retryAfter: retryAfter))
    }
}
