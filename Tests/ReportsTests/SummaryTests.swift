import Domain
import Reports
import Testing

@Suite struct SummaryTests {
    private func summary(_ stop: RunStop? = nil, states: [RowState: Int] = [.linked: 1_000]) -> RunSummary {
        RunSummary(
            runID: "run-1",
            verdict: RunVerdict(stop: stop, states: states),
            startedAt: Samples.start,
            finishedAt: Samples.start + .milliseconds(850),
            ledger: "/data/relink.sqlite"
        )
    }

    private var busySummary: RunSummary {
        var summary = summary(.refused("Bond refuses the credentials: check BOND_IDENTITY"))
        summary.rows.invalid = 3
        summary.rows.duplicate = 2
        summary.rows.skipped = 1_000
        summary.rows.attempted = 1_234_567
        summary.rows.unreached = 40
        summary.states = [.linked: 1_230_000, .needsUser: 4_567, .inDoubt: 1, .invalid: 3]
        summary.calls[.plaid] = RunSummary.Calls(ok: 1_234_000, rateLimited: 2, failed: 567)
        summary.calls[.bond] = RunSummary.Calls(ok: 1_230_000, rateLimited: 0, failed: 1)
        summary.orphanTokens = 1
        summary.recovered = 12
        summary.finishedAt = Samples.start + .seconds(7_083)
        summary.stop = .refused("Bond refuses the credentials: check BOND_IDENTITY")
        summary.next = "relink run rows.csv --yes"
        summary.files = ["/data/relink.prom"]
        return summary
    }

    @Test func writesTheDocument() {
        #expect(
            SummaryDocument(busySummary).json == #"""
                {"version":1,"run_id":"run-1","exit_code":77,"outcome":"refused","rows":{"read":1235612,\#
                "valid":1235607,"invalid":3,"duplicate":2,"skipped":1000,"attempted":1234567,"unreached":40},\#
                "states":{"pending":0,"minted":0,"posting":0,"linked":1230000,"in_doubt":1,"retryable":0,\#
                "needs_user":4567,"rejected":0,"held":0,"unlinked":0,"invalid":3},\#
                "calls":{"plaid":{"sent":1234569,"ok":1234000,"rate_limited":2,"failed":567},\#
                "bond":{"sent":1230001,"ok":1230000,"rate_limited":0,"failed":1}},"orphan_tokens":1,"recovered":12,\#
                "started_at":"2026-11-23T09:05:00.250Z","finished_at":"2026-11-23T11:03:03.250Z",\#
                "ledger":"/data/relink.sqlite","next":"relink run rows.csv --yes"}
                """#
        )
    }

    @Test func documentOfAQuietRunHasEveryKey() throws {
        let document = try #require(JSON.object(SummaryDocument(summary()).json))
        #expect(document.count == 13)
        #expect((document["states"] as? [String: Int])?.count == RowState.allCases.count)
        #expect(
            (document["calls"] as? [String: [String: Int]])?["bond"] == [
                "sent": 0, "ok": 0, "rate_limited": 0, "failed": 0,
            ]
        )
        #expect(SummaryDocument(summary()).json.hasSuffix(#""next":null}"#))
    }

    @Test func writesTheTextOfABusyRun() {
        #expect(
            SummaryText(busySummary).text == """
                run run-1: stopped, credentials or integration were refused (exit 77)
                rows       1,235,612 read before it stopped: 1,234,567 attempted, 1,000 skipped, 40 not reached, 3 invalid, 2 duplicate
                states     in the whole ledger: 1,230,000 linked, 1 in_doubt, 4,567 needs_user, 3 invalid
                plaid      1,234,569 calls: 1,234,000 ok, 2 rate limited, 567 failed
                bond       1,230,001 calls: 1,230,000 ok, 1 failed
                recovered  12 rows found linked by listing
                orphans    1 processor token made and not used, in the whole ledger
                took       1 h 58 min 3 s
                ledger     /data/relink.sqlite
                wrote      /data/relink.prom
                why        Bond refuses the credentials: check BOND_IDENTITY
                next       relink run rows.csv --yes
                """
        )
        #expect(SummaryText(busySummary).text.split(separator: "\n").count <= 12)
    }

    @Test func writesTheTextOfAQuietRun() {
        var quiet = summary()
        quiet.rows.skipped = 1
        quiet.states = [.linked: 1]
        #expect(
            SummaryText(quiet).text == """
                run run-1: done, every row is linked or there was nothing to do (exit 0)
                rows    1 read: 1 skipped
                states  in the whole ledger: 1 linked
                plaid   no calls
                bond    no calls
                took    0.8 s
                ledger  /data/relink.sqlite
                """
        )
    }

    @Test func saysHowLongTheLedgerWasWaitedFor() {
        var late = summary()
        late.waited = .seconds(125)
        #expect(SummaryText(late).text.contains("took    0.8 s, after 2 min 5 s of waiting for the ledger\n"))
        #expect(SummaryDocument(late).json == SummaryDocument(summary()).json)
    }

    @Test func writesTheTextOfARunWithNothing() {
        #expect(
            SummaryText(summary(states: [:])).text.contains("rows    0 read: none\nstates  in the whole ledger: none\n")
        )
    }

    @Test(
        arguments: [
            (nil, [.retryable: 1], "finished, but some rows are not linked (exit 1)", nil),
            (nil, [.needsUser: 1], "finished, but some rows need a user or are in doubt (exit 3)", nil),
            (
                .limit, [:], "stopped by --limit or --sample with work left (exit 4)",
                "--limit rows have been attempted; the same command goes on from here"
            ),
            (
                .deadline, [:], "stopped by --max-duration with work left (exit 4)",
                "--max-duration has passed; the same command goes on from here"
            ),
            (
                .halted("12 of 200"), [:], "stopped by --halt-on with work left (exit 4)",
                "--halt-on was reached (12 of 200); look at the errors before going on"
            ),
            (
                .interrupted(signal: 2), [:], "interrupted with work left (exit 130)",
                "SIGINT (Ctrl-C); everything done is kept, the same command goes on"
            ),
            (
                .interrupted(signal: 15), [:], "interrupted with work left (exit 143)",
                "SIGTERM; everything done is kept, the same command goes on"
            ),
            (
                .unavailable("Plaid is being serviced"), [:], "stopped, a service is down (exit 75)",
                "Plaid is being serviced; everything done is kept, run again later"
            ),
            (
                .unwritable("no space left"), [:], "stopped, the ledger or a report cannot be written (exit 74)",
                "no space left"
            ),
        ] as [(RunStop?, [RowState: Int], String, String?)]
    )
    func saysHowItEndedAndWhy(stop: RunStop?, states: [RowState: Int], title: String, why: String?) {
        var summary = summary(stop, states: states)
        summary.stop = stop
        let lines = SummaryText(summary).text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "run run-1: \(title)")
        #expect(lines.last == "why     " + (why ?? "") || why == nil)
        #expect(lines.contains { $0.hasPrefix("why") } == (why != nil))
    }

    @Test func saysEveryOutcomeInItsOwnWords() {
        let titles = RunOutcome.allCases.map { outcome in
            var summary = summary()
            summary.verdict = RunVerdict(outcome: outcome, exitCode: 1)
            return SummaryText(summary).text.prefix { $0 != "\n" }
        }
        #expect(Set(titles).count == RunOutcome.allCases.count)
    }

    @Test(arguments: [
        (Duration.seconds(-5), "0.0 s"), (.milliseconds(59_999), "59.9 s"), (.seconds(60), "1 min 0 s"),
        (.seconds(3_600), "1 h 0 min 0 s"), (.seconds(90_061), "25 h 1 min 1 s"),
    ])
    func writesDurations(duration: Duration, words: String) {
        var summary = summary()
        summary.finishedAt = summary.startedAt + duration
        #expect(SummaryText(summary).text.contains("\ntook    \(words)\n"))
    }
}
