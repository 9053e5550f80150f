import Domain
import Pacing

/// Sends one DELETE until it has an answer that counts; the intent is durable before the first byte leaves.
struct RemovalSender: Sendable {
    let tools: RunTools
    let board: RunBoard
    let control: RunControl
    let removals: any RemovalLedger
    let form: RemovalForm

    /// Sends the DELETE of a case, whose stage says from the intent on that it may have left.
    ///
    /// - Returns: What came of it: never `.overLimit`, which is waited out, nor `.stop`.
    /// - Throws: `CallGate.Closed` when the command stops, and what the ledger throws.
    func send(_ item: inout RemovalCase, _ account: BondAccount, by path: RemovalPath) async throws -> RemovalAnswer {
        var failures = 0
        var isRepeat = false
        while true {
            try await tools.bondGate.enter(retry: isRepeat)
            let (call, health) = try await pass(&item, account, path, isRepeat: isRepeat)
            isRepeat = true
            let answer = RemovalAnswer(call)
            if answer.isUnprocessed { item.stage = .toSend }
            if case .stop(let failure) = answer { try await stop(&item, failure) }
            if patience.isOver(.bond, health, asked: call.refusal?.retryAfter) { throw CallGate.Closed() }
            guard case .neverSent = answer else {
                if answer == .overLimit { continue }
                return answer
            }
            // Where Bond is out, the gate says when to go on.
            if health.isOut { continue }
            failures += 1
            guard failures < tools.settings.retries.tries, tools.bondGate.mayRetry() else { return answer }
            try await tools.clock.sleep(
                tools.settings.retries.delay(after: failures, connecting: true, jitter: tools.jitter())
            )
        }
    }

    private var patience: Patience { Patience(tools: tools, board: board, control: control) }

    private func pass(
        _ item: inout RemovalCase,
        _ account: BondAccount,
        _ path: RemovalPath,
        isRepeat: Bool
    ) async throws -> (RemoteCall<Void>, CallGate.Health) {
        do {
            if !isRepeat {
                try await removals.commit(item.change(.intended(form, status: account.status), at: tools.now()))
            }
            // Should the command stop from here on, nobody knows what the DELETE did until Bond's list tells.
            item.stage = .toConfirm(.unknown(Self.stopped, mayRepeat: false))
            await tools.bondGate.depart()
            let call = await tools.bond.removeAccount(account.linkedAccountID, by: path)
            board.count(call, to: .bond)
            let health = tools.bondGate.heed(CallGate.Feedback(call, isFirst: !isRepeat))
            try await removals.commit(item.change(.answered, at: tools.now(), Attempt(.remove, call)))
            tools.bondGate.free()
            return (call, health)
        } catch {
            tools.bondGate.free()
            throw error
        }
    }

    private static let stopped = Failure.removal("stopped", "the command was stopped before Bond's list had told")

    private func stop(_ item: inout RemovalCase, _ failure: Failure) async throws {
        try await removals.commit(item.change(.settled(.refused), at: tools.now()))
        item.stage = .ended(.refused, failure)
        let message = failure.message.map { " (\($0))" } ?? ""
        control.stop(
            .refused(
                "Bond answered \(failure.code)\(message) to the removal of \(item.order.linkedAccountID). Check "
                    + "BOND_IDENTITY, BOND_AUTHORIZATION and --env; an address that Bond does not know answers 403 as well: "
                    + "try another --delete-form."
            )
        )
        throw CallGate.Closed()
    }
}
