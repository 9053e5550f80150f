import Domain
import Reports
import Testing

@Suite("A summary as metrics")
struct SummaryMetricsTests {
    @Test("every state, every kind of call, and the end of the text")
    func text() {
        var summary = RunSummary(
            runID: "run",
            verdict: RunVerdict(outcome: .rowsFailed, exitCode: 1),
            startedAt: Timestamp(milliseconds: 0),
            finishedAt: Timestamp(milliseconds: 1_500_500),
            ledger: "/l.sqlite"
        )
        summary.states = [.linked: 7]
        summary.calls[.bond] = RunSummary.Calls()
        summary.calls[.bond]?.rateLimited = 2
        summary.orphanTokens = 3
        let lines = SummaryMetrics(summary).text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("relink_rows{") } == RowState.allCases.count)
        #expect(lines.contains("relink_rows{state=\"linked\"} 7"))
        #expect(lines.contains("relink_rows{state=\"held\"} 0"))
        #expect(lines.contains("relink_calls{api=\"bond\",result=\"rate_limited\"} 2"))
        #expect(lines.contains("relink_calls{api=\"plaid\",result=\"ok\"} 0"))
        #expect(lines.contains("relink_orphan_tokens 3"))
        #expect(lines.contains("relink_exit_code 1"))
        #expect(lines.contains("relink_finished_timestamp_seconds 1500"))
        #expect(lines.last == "# EOF")
    }
}
