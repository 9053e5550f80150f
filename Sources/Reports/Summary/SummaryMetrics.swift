package import Domain

/// A run's summary as OpenMetrics text, for a collector that reads files.
package struct SummaryMetrics: Sendable {
    private let summary: RunSummary

    package init(_ summary: RunSummary) {
        self.summary = summary
    }

    /// The text, ended as OpenMetrics asks; times are seconds since 1970.
    package var text: String {
        (rows + calls + rest + ["# EOF"]).map { $0 + "\n" }.joined()
    }

    private var rows: [String] {
        ["# TYPE relink_rows gauge", "# HELP relink_rows Rows of the ledger by state."]
            + RowState.allCases.map { state in
                "relink_rows{state=\"\(state.rawValue)\"} \(summary.states[state, default: 0])"
            }
    }

    private var calls: [String] {
        ["# TYPE relink_calls gauge", "# HELP relink_calls Calls of the last run by API and result."]
            + API.allCases.flatMap { api in
                let calls = summary.calls[api] ?? RunSummary.Calls()
                return [("ok", calls.ok), ("rate_limited", calls.rateLimited), ("failed", calls.failed)].map { result in
                    "relink_calls{api=\"\(api.rawValue)\",result=\"\(result.0)\"} \(result.1)"
                }
            }
    }

    private var rest: [String] {
        [
            "# TYPE relink_orphan_tokens gauge",
            "relink_orphan_tokens \(summary.orphanTokens)",
            "# TYPE relink_exit_code gauge",
            "relink_exit_code \(summary.verdict.exitCode)",
            "# TYPE relink_finished_timestamp_seconds gauge",
            "relink_finished_timestamp_seconds \(summary.finishedAt.milliseconds / 1_000)",
        ]
    }
}
