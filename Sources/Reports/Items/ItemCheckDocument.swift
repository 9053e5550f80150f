package import Domain

/// What checking Items came to, for scripts, as `items check --json` prints it.
package struct ItemCheckDocument: Sendable {
    private let summary: ItemCheckSummary

    /// Makes the document of a summary.
    package init(_ summary: ItemCheckSummary) {
        self.summary = summary
    }

    /// The document on one line, without a line break at its end.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "run_id": .string(summary.runID),
            "exit_code": .number(Int(summary.verdict.exitCode)),
            "outcome": .string(summary.verdict.outcome.rawValue),
            "rows": .counts(summary.outcomes),
            "proposed_accounts": .number(summary.proposals),
            "calls": ["plaid": summary.calls.json],
            "started_at": JSONValue(summary.startedAt),
            "finished_at": JSONValue(summary.finishedAt),
            "ledger": .string(summary.ledger),
            "next": JSONValue(summary.next),
        ]
        return document.text
    }
}
