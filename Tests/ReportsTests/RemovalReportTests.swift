import Domain
import Reports
import Testing

@Suite struct RemovalReportTests {
    private static let account = BondAccount(
        linkedAccountID: "link-1",
        status: "active",
        verificationStatus: "instantly_verified",
        dateCreated: "2021-02-11 12:01:36-08",
        bankName: "First\u{1B}[31m Bank",
        mask: "0000",
        accountType: "checking"
    )
    private static let row = RemovalStanding.OwningRow(
        link: 1,
        owner: Samples.business,
        accountID: "account-1",
        reference: "ref|1",
        state: .linked
    )
    private static func order(_ link: String) -> RemovalOrder {
        RemovalOrder(owner: Samples.business, linkedAccountID: link)
    }

    private func summary(_ results: [RemovalResult], keepsAll: Bool = true) -> RemovalSummary {
        var summary = RemovalSummary(
            runID: "run-1",
            startedAt: Samples.start,
            ledger: "/l.sqlite",
            keepsAll: keepsAll
        )
        summary.finishedAt = Samples.start + .seconds(2)
        for result in results { summary.add(result) }
        return summary
    }

    @Test(
        arguments: [
            ([], 0), ([.removed, .alreadyRemoved], 0), ([.removed, .notListed], 1), ([.refused], 1),
            ([.refused, .heldUp], 3), ([.unsettled, .notListed], 3), ([.unsettled, .unreached], 75),
        ] as [([RemovalResult.Outcome], Int32)]
    )
    func theWorstOutcomeGivesTheExitCode(outcomes: [RemovalResult.Outcome], code: Int32) {
        var summary = summary(outcomes.map { RemovalResult(Self.order("l"), $0) })
        #expect(summary.verdict.exitCode == code)
        summary.stop = .interrupted(signal: 2)
        #expect(summary.verdict.exitCode == 130)
        summary.stop = .refused("no")
        #expect(summary.verdict.exitCode == 77)
    }

    @Test func anInvalidLineIsAFailure() {
        var summary = summary([RemovalResult(Self.order("l"), .removed)])
        summary.invalid = 1
        #expect(summary.verdict.exitCode == 1)
    }

    @Test func aFilesResultsAreThoseThatNeedSomebodyAndNotEndless() {
        let removed = (0..<300).map { RemovalResult(Self.order("l\($0)"), .removed) }
        let refused = (0..<300).map { RemovalResult(Self.order("r\($0)"), .refused) }
        let summary = summary(removed + refused, keepsAll: false)
        #expect(summary.links == 600)
        #expect(summary.results.count == 100)
        #expect(summary.results.allSatisfy { $0.outcome == .refused })
    }

    @Test func writesTheTextWithoutWhatATerminalWouldObey() {
        let result = RemovalResult(Self.order("link-1"), .removed, account: Self.account, row: Self.row)
        #expect(
            RemovalText.line(result)
                == "removed biz 7 link-1 (First\u{FFFD}[31m Bank *0000 checking, active, instantly_verified; "
                + "account account-1; reference ref|1)"
        )
        var summary = summary([result])
        summary.invalid = 2
        summary.next = "relink accounts list 'biz 7' --business"
        #expect(
            RemovalText(summary).text == """
                accounts remove run-1: finished, but some links were not removed (exit 1)
                links    1 removed
                invalid  2 lines
                bond     no calls
                took     2.0 s
                ledger   /l.sqlite
                next     relink accounts list 'biz 7' --business
                """
        )
    }

    @Test func writesTheDocument() {
        let failure = Failure(source: .bond, code: "not_listed", message: "not \"there\"")
        let document = RemovalDocument(summary([RemovalResult(Self.order("link-2"), .notListed, failure: failure)]))
            .json
        #expect(
            document == """
                {"version":1,"run_id":"run-1","exit_code":1,"outcome":"rows_failed","links":{"removed":0,\
                "already_removed":0,"not_listed":1,"held_up":0,"refused":0,"unsettled":0,"unreached":0},"invalid":0,"unapproved":0,\
                "calls":{"bond":{"sent":0,"ok":0,"rate_limited":0,"failed":0}},"results":[{"customer_id":null,\
                "business_id":"biz 7","linked_account_id":"link-2","outcome":"not_listed","bank_name":null,"mask":null,\
                "account_id":null,"reference":null,"error_code":"not_listed","error_message":"not \\"there\\""}],\
                "started_at":"2026-11-23T09:05:00.250Z","finished_at":"2026-11-23T09:05:02.250Z","ledger":"/l.sqlite",\
                "next":null}
                """
        )
    }

    @Test func listsAccountsBesideWhatTheLedgerKnows() {
        let gone = BondAccount(linkedAccountID: "link-2", status: "removed")
        let list = AccountList(
            owner: Samples.business,
            entries: [
                AccountList.Entry(Self.account, RemovalStanding(row: Self.row, isOpen: true)),
                AccountList.Entry(gone, RemovalStanding(removedAt: Samples.start)),
                AccountList.Entry(BondAccount(linkedAccountID: "link-3"), nil),
            ]
        )
        #expect(
            list.text == """
                business biz 7: 3 accounts

                LINK    BANK                            STATUS   VERIFICATION        MADE                    LEDGER
                link-1  First\u{FFFD}[31m Bank *0000 checking  active   instantly_verified  2021-02-11 12:01:36-08  \
                account account-1, linked; its removal is not settled
                link-2  -                               removed  -                   -                       \
                no row has it; removed 2026-11-23 09:05:00
                link-3  -                               -        -                   -                       no ledger
                """
        )
        #expect(AccountList(owner: Samples.business, entries: []).text == "business biz 7: 0 accounts")
        #expect(
            list.json.contains(
                #""account_id":"account-1","reference":"ref|1","state":"linked","removed_at":null}"#
            )
        )
        #expect(list.json.contains(#""removed_at":"2026-11-23T09:05:00.250Z"}"#))
    }

    @Test func previewsWhatWouldBeRemoved() {
        let gone = BondAccount(linkedAccountID: "link-2", status: "removed")
        let list = AccountList(
            owner: Samples.business,
            entries: [
                AccountList.Entry(Self.account, RemovalStanding(row: Self.row)),
                AccountList.Entry(gone, RemovalStanding()),
            ]
        )
        let preview = RemovalPreview(["link-1", "link-2", "link-3"].map(Self.order), in: list)
        #expect(preview.count == 1)
        #expect(preview.text.hasPrefix("business biz 7: 1 link of 3 to remove\n\nLINK    AS LISTED"))
        #expect(preview.text.contains("link-2  removed"))
        #expect(preview.text.contains("be left alone: it is gone"))
        #expect(preview.json.contains(#""to_remove":1"#))
        var forecast = RemovalForecast()
        forecast.add(
            [RemovalStanding(row: Self.row), RemovalStanding(), RemovalStanding(removedAt: Samples.start)],
            invalid: 1
        )
        #expect(forecast.count == 2)
        #expect(
            forecast.text.hasPrefix(
                "3 links: 1 of rows in the ledger, 1 that no row has, 1 removed already; 1 invalid line."
            )
        )
    }
}
