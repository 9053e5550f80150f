package import Domain

/// What a plan of a cut-over came to, for scripts, as `cutover plan --json` prints it.
package struct CutoverDocument: Sendable {
    private let summary: CutoverSummary

    /// Makes the document of a summary.
    package init(_ summary: CutoverSummary) {
        self.summary = summary
    }

    /// The document on one line, without a line break at its end.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "run_id": .string(summary.runID),
            "exit_code": .number(Int(summary.verdict.exitCode)),
            "outcome": .string(summary.verdict.outcome.rawValue),
            "customers": .counts(summary.customers),
            "links": .counts(summary.links),
            "calls": ["bond": summary.calls.json],
            "output": JSONValue(summary.output),
            "started_at": JSONValue(summary.startedAt),
            "finished_at": JSONValue(summary.finishedAt),
            "ledger": .string(summary.ledger),
            "next": JSONValue(summary.next),
        ]
        return document.text
    }
}
