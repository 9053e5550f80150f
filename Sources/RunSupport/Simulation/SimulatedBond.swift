import Domain

/// A process's line to the simulated Bond.
struct SimulatedBond: BondCalls, SimulatedLine {
    let reality: Reality
    let life: Life
    let callTimeout: Duration

    func linkAccount(
        processorToken: Secret,
        owner: Owner,
        idempotencyKey: String?
    ) async -> RemoteCall<BondAccount> {
        let slot = AnswerSlot<BondAccount>()
        let call = await call(.bond, "post \(processorToken.exposed) for \(owner.id)", slot) {
            reality.judge.postLeaves(reality.identity(of: processorToken.exposed), owner)
            return reality.post(processorToken.exposed, owner, into: slot)
        }
        reality.judge.postReturned(owner)
        return call
    }

    func listAccounts(of owner: Owner) async -> RemoteCall<[BondAccount]> {
        let slot = AnswerSlot<[BondAccount]>()
        return await call(.bond, "list \(owner.id)", slot) {
            reality.judge.listLeaves()
            return reality.list(owner, into: slot)
        }
    }

    /// No run removes a link.
    func removeAccount(_ linkedAccountID: String, by path: RemovalPath) async -> RemoteCall<Void> {
        RemoteCall(reply: .neverSent(why: "no run removes a link"), sentAt: reality.clock.now, latency: .zero)
    }
}
