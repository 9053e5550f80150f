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
        /// Lines of the audit by their marks; nothing where there was none.
        var marks: [Audit.Line.Mark: Int]?
        var stop: RunStop?

        /// Whether the audit found anything that is not the same on both sides.
        var hasDifferences: Bool { marks?.contains { $0.key != .same && $0.value > 0 } ?? false }
    }

    let wiring: Wiring
    let path: LedgerPlace
    let command: String

    /// Settles all doubts, waiting until they can be told, and audits all links if asked to.
    func perform(audit: Bool) async throws -> Result {
        let ledger = try await LockWait.open(wiring.deployment.waitLock) { opening() }
        let board = RunBoard()
        var result = Result()
        try await wiring.withTools(ledger: ledger) { tools in
            let control = RunControl(board: board, gates: [tools.plaidGate, tools.bondGate], sleepers: wiring.sleepers)
            result.marks = try await Interruption.watching(control, giveUp: wiring.giveUp) {
                do {
                    return try await settle(tools, board, control, ledger, audit: audit)
                } catch is CallGate.Closed, is CancellationError {
                    return nil
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
    ) async throws -> [Audit.Line.Mark: Int]? {
        try await DoubtRounds(tools: tools, board: board, control: control).settleNew()
        guard audit else { return nil }
        let audit = Audit(
            tools: tools,
            reconciler: Reconciler(tools: tools, board: board, control: control),
            audited: ledger
        )
        var marks: [Audit.Line.Mark: Int] = [:]
        try await audit.perform { line in
            marks[line.mark, default: 0] += 1
            try Console.write(line: "\(line.mark.rawValue) \(line.owner.id) \(line.subject)")
        }
        return marks
    }

    private func opening() -> LedgerOpening {
        wiring.opening(.reconcile, path: path, command: command)
    }
}
