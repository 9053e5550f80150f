package import Domain

/// A run's summary for a person: the last lines on a terminal or in a cron mail, at most 12.
package struct SummaryText: Sendable {
    private let summary: RunSummary

    /// Makes the text of a run.
    package init(_ summary: RunSummary) {
        self.summary = summary
    }

    /// The lines, without a line break at the end.
    package var text: String {
        ([title] + table.lines).joined(separator: "\n")
    }

    /// The first line: how the run ended.
    package var title: String {
        let verdict = summary.verdict
        return "run \(summary.runID.printable): \(verdict.outcome.inWords) (exit \(verdict.exitCode))"
    }

    private var table: TextTable {
        var table = TextTable(.left, .left)
        if let sessions = summary.sessions { table.add(["sessions", Self.words(sessions)]) }
        table.add(["rows", rows])
        table.add(["states", "in the whole ledger: " + summary.states.inWords])
        for api in API.allCases { table.add([api.rawValue, (summary.calls[api] ?? RunSummary.Calls()).inWords]) }
        if summary.recovered > 0 {
            table.add(["recovered", summary.recovered.counted("row") + " found linked by listing"])
        }
        if summary.orphanTokens > 0 { table.add(["orphans", orphans]) }
        table.add(["took", took])
        table.add(["ledger", summary.ledger])
        if !summary.files.isEmpty { table.add(["wrote", summary.files.joined(separator: ", ")]) }
        if let stop = summary.stop { table.add(["why", stop.inWords]) }
        if let next = summary.next { table.add(["next", next]) }
        return table
    }

    private static func words(_ sessions: [SessionOutcome: Int]) -> String {
        SessionOutcome.allCases.map { (count: sessions[$0, default: 0], of: $0.inWords) }.inWords
    }

    private var rows: String {
        let rows = summary.rows
        let parts = [
            (count: rows.attempted, of: "attempted"), (count: rows.skipped, of: "skipped"),
            (count: rows.unreached, of: "not reached"), (count: rows.invalid, of: "invalid"),
            (count: rows.duplicate, of: "duplicate"),
        ]
        // The input is read ahead of the work: where a run stops, the number says nothing about where the input ends.
        let until = summary.stop != nil && rows.unreached > 0 ? " before it stopped" : ""
        return "\(rows.read.grouped) read\(until): \(parts.inWords)"
    }

    private var took: String {
        let took = summary.finishedAt.since(summary.startedAt).inWords
        guard summary.waited >= .milliseconds(100) else { return took }
        return "\(took), after \(summary.waited.inWords) of waiting for the ledger"
    }

    private var orphans: String {
        summary.orphanTokens.counted("processor token") + " made and not used, in the whole ledger"
    }
}

extension SessionOutcome {
    fileprivate var inWords: String {
        switch self {
        case .succeeded: "succeeded"
        case .notRepaired: "without repair"
        case .exited: "left"
        case .waiting: "waited for"
        case .collected: "collected before"
        case .notInvited: "not invited"
        case .failed: "without an answer"
        }
    }
}
