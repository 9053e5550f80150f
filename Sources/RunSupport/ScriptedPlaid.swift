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
        let sentAt = world.clock.now
        let answer = world.plaidAnswer(accountID)
        await hook?(accountID)
        await Task.yield()
        world.clock.advance(by: .milliseconds(5))
        let (reply, status): (RemoteCall<Secret>.Reply, Int?) =
            switch answer {
            case .token: (.success(Secret(world.makeToken(accountID))), 200)
            case .refuse(let status, let code, let type, let message, let retryAfter):
                (
                    .refusal(
                        Refusal(
                            api: .plaid,
                            status: status,
                            type: type,
                            code: code,
                            message: message,
                            requestID: "request-\(accountID)",
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
            requestID: status.map { _ in "request-\(accountID)" }
        )
    }
}
