import Domain
import Ledger
import Pipeline
import Reports

/// Checking Items, from opening the ledger to the summary.
struct ItemSession: Sendable {
    let wiring: Wiring
    let path: LedgerPlace
    let invocation: Invocation
    let olderThan: Duration
    let consentWithin: Duration
    let isQuiet: Bool
    let isJSON: Bool

    /// Checks the Items of the rows of `source`, and sums up.
    ///
    /// - Parameter source: The input.
    /// - Returns: The exit code.
    /// - Throws: `CommandFailure`, and what the ledger and `source` throw.
    func perform(_ source: InputFiles) async throws -> Int32 {
        var session = CallingSession(wiring: wiring, path: path, command: invocation.command)
        session.progress = isQuiet ? nil : "items check"
        let work = try await session.begin()
        let policy = ItemPolicy(now: Surroundings.now(), olderThan: olderThan, consentWithin: consentWithin)
        var summary = ItemCheckSummary(runID: work.runID, startedAt: work.startedAt, ledger: path.description)
        let failure = try await session.call(work, minimum: source.minimum) { tools, control in
            let checker = ItemChecker(
                tools: tools,
                board: work.board,
                control: control,
                items: work.ledger,
                policy: policy
            )
            let rows = RowsAndKept(source, work.ledger)
            summary.outcomes = try await checker.perform(rows) { Console.tell($0) }
            // What the ledger has besides is none of the input.
            return source.meter.total?.rows ?? 0
        }
        summary.finishedAt = Surroundings.now()
        summary.calls = work.board.calls[.plaid] ?? .init()
        summary.stop = work.board.stop
        if work.ledger.failure == nil { summary.proposals = try await work.ledger.proposals() }
        if summary.verdict.exitCode != 0 { summary.next = next(summary) }
        let code = try await session.end(work, summary.verdict, at: summary.finishedAt)
        try show(summary)
        if let failure { throw failure }
        return code
    }

    /// Where all were checked, their users are invited; else the check goes on.
    private func next(_ summary: ItemCheckSummary) -> String {
        guard summary.verdict.outcome == .needsAttention else { return invocation.command }
        return Invocation(arguments: ["report", "--ledger", path.description, "--unhealthy", "--health"]).command
    }

    private func show(_ summary: ItemCheckSummary) throws {
        if isJSON {
            try Console.write(line: ItemCheckDocument(summary).json)
        } else if !isQuiet {
            Console.tell(ItemCheckText(summary).text)
        }
        guard isJSON || isQuiet, let stop = summary.stop else { return }
        Console.tell("relink: \(SummaryDocumentText.reason(stop))")
    }
}
