import Domain
import Ledger
import Pacing
import Pipeline

/// Reconciling outside a run.
struct ReconcileSession: Sendable {
    /// What came of it.
    struct Result: Sendable {
        var inDoubt = 0
        var recovered = 0
        /// Lines of the audit that are not `=`.
        var differences = 0
        var stop: RunStop?
    }

    let wiring: Wiring
    let path: String
    let command: String

    /// Settles all doubts, waiting until they can be told, and audits all links if asked to.
    func perform(audit: Bool) async throws -> Result {
        let ledger = try await LockWait.open(wiring.deployment.waitLock) { opening() }
        let board = RunBoard()
        var result = Result()
        try await wiring.withTools(ledger: ledger) { tools in
            let control = RunControl(board: board, gates: [tools.plaidGate, tools.bondGate], sleepers: wiring.sleepers)
            result.differences = try await Interruption.watching(control, giveUp: wiring.giveUp) {
                do {
                    return try await settle(tools, board, control, ledger, audit: audit)
                } catch is CallGate.Closed, is CancellationError {
                    return 0
                }
            }
        }
        result.inDoubt = try await ledger.totals().states[.inDoubt, default: 0]
        result.recovered = board.recovered
        result.stop = board.stop
        try await ledger.finish(at: Surroundings.now())
        return result
    }

    private func settle(
        _ tools: RunTools,
        _ board: RunBoard,
        _ control: RunControl,
        _ ledger: LedgerWriter,
        audit: Bool
    ) async throws -> Int {
        try await DoubtRounds(tools: tools, board: board, control: control).settleNew()
        guard audit else { return 0 }
        let audit = Audit(
            tools: tools,
            reconciler: Reconciler(tools: tools, board: board, control: control),
            audited: ledger
        )
        var differences = 0
        try await audit.perform { line in
            if line.mark != .same { differences += 1 }
            try Console.write(line: "\(line.mark.rawValue) \(line.owner.id) \(line.subject)")
        }
        return differences
    }

    private func opening() -> LedgerOpening {
        let now = Surroundings.now()
        return LedgerOpening(
            kind: .reconcile,
            path: path,
            environment: wiring.deployment.environment,
            plaidClientID: wiring.deployment.credentials.plaidClientID.exposed,
            keySource: wiring.deployment.keySource,
            credentials: wiring.deployment.credentials.byAPI,
            mayCreate: false,
            holder: Surroundings.holder(at: now),
            runID: Surroundings.makeRunID(at: now),
            command: command,
            startedAt: now,
            callTimeout: wiring.settings.callTimeout
        )
    }
}
