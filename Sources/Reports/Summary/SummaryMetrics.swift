package import Domain

/// A run's summary as OpenMetrics text, for a collector that reads files.
package struct SummaryMetrics: Sendable {
    private let summary: RunSummary
    private let lastSuccessAt: Timestamp?
    private let learnedRates: [API: Double]

    /// Makes the text of a run.
    ///
    /// - Parameters:
    ///   - summary: The run.
    ///   - lastSuccessAt: When the newest run that succeeded ended, be it this one or another.
    ///   - learnedRates: The rate at which each API last began to refuse calls, in calls a second.
    package init(_ summary: RunSummary, lastSuccessAt: Timestamp? = nil, learnedRates: [API: Double] = [:]) {
        self.summary = summary
        self.lastSuccessAt = lastSuccessAt
        self.learnedRates = learnedRates
    }

    /// The text, ended as OpenMetrics asks; times are seconds since 1970.
    package var text: String {
        let families = [rows, inputRows, calls, rates, outcome] + counts + times
        return (families.flatMap(\.lines) + ["# EOF"]).map { $0 + "\n" }.joined()
    }

    private var rows: MetricFamily {
        MetricFamily(
            name: "relink_rows",
            help: "Rows of the whole ledger by state, and the last run's invalid ones.",
            samples: RowState.allCases.map { state in
                MetricFamily.Sample(
                    labels: [("state", state.rawValue)],
                    value: "\(summary.states[state, default: 0])"
                )
            }
        )
    }

    private var inputRows: MetricFamily {
        let rows = summary.rows
        let counts = [
            ("attempted", rows.attempted), ("skipped", rows.skipped), ("unreached", rows.unreached),
            ("invalid", rows.invalid), ("duplicate", rows.duplicate),
        ]
        return MetricFamily(
            name: "relink_input_rows",
            help: "Rows of the last run's input by what the run did with them.",
            samples: counts.map { MetricFamily.Sample(labels: [("result", $0.0)], value: "\($0.1)") }
        )
    }

    private var calls: MetricFamily {
        MetricFamily(
            name: "relink_calls",
            help: "Calls of the last run by API and result.",
            samples: API.allCases.flatMap { api in
                let calls = summary.calls[api] ?? RunSummary.Calls()
                return [("ok", calls.ok), ("rate_limited", calls.rateLimited), ("failed", calls.failed)].map { result in
                    MetricFamily.Sample(labels: [("api", api.rawValue), ("result", result.0)], value: "\(result.1)")
                }
            }
        )
    }

    private var rates: MetricFamily {
        let kinds = [("given", summary.ratesGiven), ("learned", learnedRates)]
        return MetricFamily(
            name: "relink_rate_calls_per_second",
            unit: "calls_per_second",
            help: "The rate given for each API, and the one learned from its refusals; none where there is no limit.",
            samples: API.allCases.flatMap { api in
                kinds.compactMap { kind, rates in
                    rates[api].map {
                        MetricFamily.Sample(labels: [("api", api.rawValue), ("kind", kind)], value: Self.decimal($0))
                    }
                }
            }
        )
    }

    private var outcome: MetricFamily {
        MetricFamily(
            name: "relink_outcome",
            help: "How the last run ended: 1 for its outcome, 0 for the others.",
            samples: RunOutcome.allCases.map { outcome in
                MetricFamily.Sample(
                    labels: [("outcome", outcome.rawValue)],
                    value: outcome == summary.verdict.outcome ? "1" : "0"
                )
            }
        )
    }

    private var counts: [MetricFamily] {
        [
            Self.single("relink_exit_code", "The last run's exit code.", "\(summary.verdict.exitCode)"),
            Self.single(
                "relink_orphan_tokens",
                "Processor tokens made and not used, in the whole ledger.",
                "\(summary.orphanTokens)"
            ),
            Self.single(
                "relink_recovered_rows",
                "Rows the last run found linked by listing.",
                "\(summary.recovered)"
            ),
        ]
    }

    private var times: [MetricFamily] {
        let moments = [
            ("relink_started_timestamp_seconds", "When the last run began.", summary.startedAt),
            ("relink_finished_timestamp_seconds", "When the last run ended.", summary.finishedAt),
            ("relink_last_success_timestamp_seconds", "When the newest run that succeeded ended.", lastSuccessAt),
        ]
        return moments.compactMap { name, help, moment in
            moment.map { Self.single(name, unit: "seconds", help, Self.seconds($0.milliseconds)) }
        }
    }

    private static func single(_ name: String, unit: String? = nil, _ help: String, _ value: String) -> MetricFamily {
        MetricFamily(name: name, unit: unit, help: help, samples: [MetricFamily.Sample(value: value)])
    }

    private static func seconds(_ milliseconds: Int64) -> String {
        decimal(Double(milliseconds) / 1_000)
    }

    /// As a decimal of at most three places, never with an exponent.
    private static func decimal(_ number: Double) -> String {
        let thousandths = Int64((number * 1_000).rounded())
        let places = String(thousandths % 1_000)
        let padded = String(repeating: "0", count: 3 - places.count) + places
        return "\(thousandths / 1_000).\(padded)"
    }
}
