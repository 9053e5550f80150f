import Domain
import Reports
import Testing

@Suite("A summary as metrics")
struct SummaryMetricsTests {
    private static let summary: RunSummary = {
        var summary = RunSummary(
            runID: "run",
            verdict: RunVerdict(outcome: .rowsFailed, exitCode: 1),
            startedAt: Timestamp(milliseconds: 0),
            finishedAt: Timestamp(milliseconds: 1_500_500),
            ledger: "/l.sqlite"
        )
        summary.states = [.linked: 7]
        summary.rows.attempted = 4
        summary.calls[.bond] = RunSummary.Calls()
        summary.calls[.bond]?.rateLimited = 2
        summary.ratesGiven = [.plaid: 400.0 / 60]
        summary.orphanTokens = 3
        return summary
    }()

    @Test("every state, every kind of call, rates, times, and the end of the text")
    func text() {
        let metrics = SummaryMetrics(
            Self.summary,
            lastSuccessAt: Timestamp(milliseconds: 1_790_000_000_250),
            learnedRates: [.bond: 5]
        )
        let lines = metrics.text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("relink_rows{") } == RowState.allCases.count)
        #expect(lines.contains("relink_rows{state=\"linked\"} 7"))
        #expect(lines.contains("relink_rows{state=\"held\"} 0"))
        #expect(lines.contains("relink_input_rows{result=\"attempted\"} 4"))
        #expect(lines.contains("relink_calls{api=\"bond\",result=\"rate_limited\"} 2"))
        #expect(lines.contains("relink_calls{api=\"plaid\",result=\"ok\"} 0"))
        #expect(lines.contains("relink_rate_calls_per_second{api=\"plaid\",kind=\"given\"} 6.667"))
        #expect(lines.contains("relink_rate_calls_per_second{api=\"bond\",kind=\"learned\"} 5.000"))
        #expect(lines.contains("relink_outcome{outcome=\"rows_failed\"} 1"))
        #expect(lines.contains("relink_outcome{outcome=\"done\"} 0"))
        #expect(lines.contains("relink_orphan_tokens 3"))
        #expect(lines.contains("relink_exit_code 1"))
        #expect(lines.contains("relink_finished_timestamp_seconds 1500.500"))
        #expect(lines.contains("relink_last_success_timestamp_seconds 1790000000.250"))
        #expect(lines.last == "# EOF")
    }

    @Test("what is not known has no sample and no family")
    func unknown() {
        var summary = Self.summary
        summary.ratesGiven = [:]
        let text = SummaryMetrics(summary).text
        #expect(!text.contains("last_success"))
        #expect(!text.contains("calls_per_second"))
    }

    @Test("each family once, its HELP, TYPE and UNIT before its samples, every sample of a declared family")
    func grammar() {
        var seen: Set<Substring> = []
        var family = Substring()
        for line in SummaryMetrics(Self.summary, lastSuccessAt: Timestamp(milliseconds: 1)).text.split(separator: "\n")
        {
            let words = line.split(separator: " ", maxSplits: 3)
            if line == "# EOF" { break }
            guard line.hasPrefix("#") else {
                #expect(line.prefix { $0 != "{" && $0 != " " } == family, "\(line)")
                #expect(line.split(separator: " ").last.flatMap { Double($0) } != nil, "\(line)")
                continue
            }
            if words[1] == "HELP" {
                #expect(seen.insert(words[2]).inserted, "\(line)")
                family = words[2]
            }
            #expect(words[2] == family)
            if words[1] == "TYPE" { #expect(words[3] == "gauge", "\(line)") }
            if words[1] == "UNIT" { #expect(family.hasSuffix("_" + words[3]), "\(line)") }
        }
        #expect(seen.count > 8)
    }
}
