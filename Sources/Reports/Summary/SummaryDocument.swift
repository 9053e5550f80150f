package import Domain

/// A run's summary for scripts, as `run --json` prints it.
package struct SummaryDocument: Sendable {
    private let summary: RunSummary

    /// Makes the document of a run.
    package init(_ summary: RunSummary) {
        self.summary = summary
    }

    /// The document on one line, without a line break at its end.
    package var json: String {
        var document: [(String, JSONValue)] = [
            ("version", 1),
            ("run_id", .string(summary.runID)),
            ("exit_code", .number(Int(summary.verdict.exitCode))),
            ("outcome", .string(summary.verdict.outcome.rawValue)),
            ("rows", rows),
            ("states", .counts(summary.states)),
            ("calls", .object(API.allCases.map { ($0.rawValue, (summary.calls[$0] ?? RunSummary.Calls()).json) })),
            ("orphan_tokens", .number(summary.orphanTokens)),
            ("recovered", .number(summary.recovered)),
            ("started_at", JSONValue(summary.startedAt)),
            ("finished_at", JSONValue(summary.finishedAt)),
            ("ledger", .string(summary.ledger)),
            ("next", JSONValue(summary.next)),
        ]
        if let sessions = summary.sessions { document.append(("sessions", .counts(sessions))) }
        return JSONValue.object(document).text
    }

    private var rows: JSONValue {
        let rows = summary.rows
        return [
            "read": .number(rows.read),
            "valid": .number(rows.valid),
            "invalid": .number(rows.invalid),
            "duplicate": .number(rows.duplicate),
            "skipped": .number(rows.skipped),
            "attempted": .number(rows.attempted),
            "unreached": .number(rows.unreached),
        ]
    }
}
