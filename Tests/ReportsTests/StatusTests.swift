import Domain
import Reports
import Testing

@Suite struct StatusTests {
    private var status: LedgerStatus {
        var status = LedgerStatus(ledger: "/data/relink.sqlite", environment: .production, isRunning: true)
        status.states = [.linked: 986_000, .needsUser: 2_107]
        status.errors = [
            ErrorCount(Failure(source: .plaid, code: "ITEM_LOGIN_REQUIRED"), count: 2_107),
            ErrorCount(Failure(source: .bond, code: "listing_unproven"), action: .review, count: 3),
        ]
        status.runs = [
            run("run-3", after: 200, outcome: nil, attempted: 12),
            run("run-2", after: 100, outcome: nil, attempted: 0),
            run("run-1", after: 0, outcome: .needsAttention, attempted: 988_107),
        ]
        status.learnedRates = [.bond: 583.25]
        status.openRemovals = 1
        status.orphanTokens = 2
        return status
    }

    private func run(_ id: String, after seconds: Int, outcome: RunOutcome?, attempted: Int) -> LedgerStatus.Run {
        let start = Samples.start + .seconds(seconds)
        return LedgerStatus.Run(
            id: id,
            startedAt: start,
            finishedAt: outcome.map { _ in start + .seconds(65) },
            outcome: outcome,
            attempted: attempted
        )
    }

    @Test func writesTheText() {
        #expect(
            StatusText(status).text == """
                ledger       /data/relink.sqlite
                environment  production
                now          a run is going on
                rows         988,107
                bond rate    583.3 a minute, learned from its answers
                orphans      2 processor tokens made and not used
                removals     1 link may be gone: type the `relink accounts remove` again

                   ROWS  STATE       WHAT TO DO
                986,000  linked      Nothing.
                  2,107  needs_user  The user goes through Plaid Link as the action says, then run again.

                 ROWS  SOURCE  ERROR                WHAT TO DO
                2,107  plaid   ITEM_LOGIN_REQUIRED  Send the user through Plaid Link in update mode, then run again.
                    3  bond    listing_unproven     Look at it with `relink show` and `relink accounts list`; settle a doubt with `relink resolve`.

                RUN    STARTED                        TOOK  OUTCOME          ATTEMPTED
                run-3  2026-11-23T09:08:20.250Z          -  going on                12
                run-2  2026-11-23T09:06:40.250Z          -  cut off                  0
                run-1  2026-11-23T09:05:00.250Z  1 min 5 s  needs_attention    988,107
                """
        )
    }

    @Test func writesTheTextOfAnEmptyLedger() {
        #expect(
            StatusText(LedgerStatus(ledger: "/a b.sqlite", environment: .sandbox)).text == """
                ledger       /a b.sqlite
                environment  sandbox
                now          no run is going on
                rows         0
                """
        )
    }

    @Test func callsAnUnfinishedRunCutOffWhenNoneGoesOn() {
        var status = status
        status.isRunning = false
        #expect(!StatusText(status).text.contains("going on  "))
        #expect(StatusText(status).text.split(separator: "\n").count { $0.contains(" cut off ") } == 2)
        #expect(StatusText(status).text.contains("the last one did not come to its end: type its command again"))
        status.runs.removeFirst(2)
        #expect(StatusText(status).text.contains("now          no run is going on\n"))
    }

    @Test func showsTheWorkersOfALedgerOnAServer() {
        var status = status
        status.workers = ["run-3", "run-2"].map { id in
            LedgerStatus.Worker(holder: "process 1 on host-\(id)", runID: id, isOverdue: id == "run-2")
        }
        let text = StatusText(status).text
        #expect(text.contains("now          a run is going on\n"))
        #expect(text.contains("worker       process 1 on host-run-3, run run-3\n"))
        #expect(
            text.contains("worker       process 1 on host-run-2, run run-2, not heard of: its rows are taken over\n")
        )
        #expect(text.split(separator: "\n").count { $0.contains(" going on ") } == 1)
        #expect(
            StatusDocument(status).json.contains(
                #"{"holder":"process 1 on host-run-2","run_id":"run-2","overdue":true}"#
            )
        )
        status.workers[1] = LedgerStatus.Worker(holder: "process 2", runID: "run-2", isOverdue: false)
        #expect(StatusText(status).text.contains("now          2 runs are going on\n"))
        #expect(StatusText(status).text.split(separator: "\n").count { $0.contains(" going on ") } == 2)
    }

    @Test func writesTheDocument() {
        #expect(
            StatusDocument(status).json == #"""
                {"version":1,"ledger":"/data/relink.sqlite","environment":"production","running":true,"workers":[],\#
                "states":{"pending":0,"minted":0,"posting":0,"linked":986000,"in_doubt":0,"retryable":0,\#
                "needs_user":2107,"rejected":0,"held":0,"unlinked":0,"invalid":0},"errors":[{"error_source":"plaid",\#
                "error_code":"ITEM_LOGIN_REQUIRED","count":2107,\#
                "advice":"Send the user through Plaid Link in update mode, then run again."},{"error_source":"bond",\#
                "error_code":"listing_unproven","count":3,\#
                "advice":"Look at it with `relink show` and `relink accounts list`; settle a doubt with `relink resolve`."}],"runs":[{"run_id":"run-3",\#
                "started_at":"2026-11-23T09:08:20.250Z","finished_at":null,"outcome":null,"attempted":12},\#
                {"run_id":"run-2","started_at":"2026-11-23T09:06:40.250Z",\#
                "finished_at":null,"outcome":null,"attempted":0},\#
                {"run_id":"run-1","started_at":"2026-11-23T09:05:00.250Z","finished_at":"2026-11-23T09:06:05.250Z",\#
                "outcome":"needs_attention","attempted":988107}],\#
                "learned_rates_per_minute":{"plaid":null,"bond":583.3},\#
                "orphan_tokens":2,"open_removals":1,"unhealthy_rows":0,"proposed_accounts":0,"unexported_tokens":0,"items_checked_at":null}
                """#
        )
    }
}
