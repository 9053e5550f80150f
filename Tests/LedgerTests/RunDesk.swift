import Domain
import Ledger
import RunSupport

/// A ledger that one run after the other writes, a minute apart and each half a minute long.
struct RunDesk {
    let path: String

    /// When a run begins.
    func start(of run: Int) -> Timestamp { Sample.start + .seconds(run * 60) }

    /// Writes a run of this number, whose end is noted as a run's is unless it `dies`.
    func run(_ number: Int, dies: Bool = false, _ body: (LedgerWriter) async throws -> Void) async throws {
        let at = start(of: number)
        let ledger = try LedgerWriter(Sample.opening(path, runID: "run-\(number)", at: at))
        try await body(ledger)
        guard !dies else { return }
        var summary = RunSummary(
            runID: "run-\(number)",
            verdict: RunVerdict(outcome: .needsAttention, exitCode: 3),
            startedAt: at,
            finishedAt: at + .seconds(30),
            ledger: path
        )
        summary.states = try await ledger.totals().states
        summary.calls[.plaid] = RunSummary.Calls()
        summary.calls[.plaid]?.ok = number
        summary.ratesGiven = [.plaid: 7.5]
        summary.rows.attempted = number
        try await ledger.finish(summary)
    }

    /// Takes a row in, of the customer and account with this number.
    func add(_ number: Int, _ run: Int, _ ledger: LedgerWriter) async throws -> Link {
        let row = Sample.row("customer-\(number)", "account-\(number)")
        return try await ledger.add(row, policy: Sample.policy(at: start(of: run)))
    }
}
