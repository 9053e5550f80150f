package import Domain

/// What inviting customers came to, for scripts, as `link create --json` prints it.
package struct InvitationDocument: Sendable {
    private let summary: InvitationSummary

    /// Makes the document of a summary.
    package init(_ summary: InvitationSummary) {
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
            "calls": ["plaid": summary.calls.json],
            "output": JSONValue(summary.output),
            "started_at": JSONValue(summary.startedAt),
            "finished_at": JSONValue(summary.finishedAt),
            "ledger": .string(summary.ledger),
            "next": JSONValue(summary.next),
        ]
        return document.text
    }
}
