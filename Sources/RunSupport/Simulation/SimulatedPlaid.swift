import Domain
import Synchronization

/// A process's line to the simulated Plaid.
struct SimulatedPlaid: PlaidCalls, SimulatedLine {
    let reality: Reality
    let life: Life
    let callTimeout: Duration

    func createProcessorToken(accessToken: Secret, accountID: String) async -> RemoteCall<Secret> {
        let slot = AnswerSlot<Secret>()
        let identity = reality.identity(of: accessToken.exposed, accountID)
        let call = await call(.plaid, "mint \(identity.short)", slot) {
            reality.judge.mintLeaves(identity)
            return reality.mint(accessToken.exposed, accountID, into: slot)
        }
        reality.judge.mintReturned(identity, call.reply)
        return call
    }

    // No run makes the other calls.

    func createLinkToken(_ order: LinkTokenOrder) async -> RemoteCall<LinkToken> { notSimulated() }

    func exchange(publicToken: Secret) async -> RemoteCall<ExchangedToken> { notSimulated() }

    func getLinkSessions(linkToken: Secret) async -> RemoteCall<[LinkSession]> { notSimulated() }

    func getItem(accessToken: Secret) async -> RemoteCall<ItemReading> { notSimulated() }

    func getAccounts(accessToken: Secret) async -> RemoteCall<[PlaidAccount]> { notSimulated() }

    private func notSimulated<Value>() -> RemoteCall<Value> {
        RemoteCall(reply: .neverSent(why: "not simulated"), sentAt: Timestamp(milliseconds: 0), latency: .zero)
    }
}
