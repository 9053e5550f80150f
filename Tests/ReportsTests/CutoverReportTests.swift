import Domain
import Reports
import Testing

@Suite struct CutoverReportTests {
    private static let old = BondAccount(
        linkedAccountID: "old-1",
        status: "active",
        verificationStatus: "verified",
        dateCreated: "2021-02-11 12:01:36-08",
        bankName: "=Bank, the first",
        mask: "0000"
    )
    private static let new = CutoverLink(
        account: BondAccount(
            linkedAccountID: "new-1",
            status: "active",
            verificationStatus: "instantly_verified",
            dateCreated: "2024-03-01 02:00:00-08",
            bankName: "Bank",
            mask: "0000",
            accountType: "checking"
        ),
        accountID: "plaid-1",
        reference: "ref"
    )

    private static func row(_ match: CutoverMatch, new: CutoverLink? = new) -> CutoverRow {
        let owner = Owner(kind: .customer, id: "c1")
        return CutoverRow(owner: owner, old: old, new: new, match: match, reason: "so", openRows: 2)
    }

    private func summary(_ outcomes: [CutoverOutcome]) -> CutoverSummary {
        var summary = CutoverSummary(runID: "run-1", startedAt: Samples.start, ledger: "/l.sqlite")
        summary.finishedAt = Samples.start + .seconds(2)
        for outcome in outcomes { summary.add(outcome) }
        return summary
    }

    @Test func aLineHasAllThatAPersonNeedsAndNoApproval() {
        var buffer: [UInt8] = []
        let table = CutoverTable()
        table.appendHeader(to: &buffer)
        table.append(Self.row(.same), to: &buffer)
        table.append(Self.row(.unknown, new: nil), to: &buffer)
        #expect(
            String(decoding: buffer, as: UTF8.self) == """
                approve,match,reason,customer_id,business_id,old_linked_account_id,new_linked_account_id,open_rows,\
                old_bank_name,old_mask,old_account_type,old_status,old_verification_status,old_date_created,\
                new_bank_name,new_mask,new_account_type,new_status,new_verification_status,new_date_created,\
                new_account_id,new_reference
                ,same,so,c1,,old-1,new-1,2,"'=Bank, the first",0000,,active,verified,2021-02-11 12:01:36-08,Bank,0000,\
                checking,active,instantly_verified,2024-03-01 02:00:00-08,plaid-1,ref
                ,unknown,so,c1,,old-1,,2,"'=Bank, the first",0000,,active,verified,2021-02-11 12:01:36-08,,,,,,,,

                """
        )
    }

    @Test(
        arguments: [
            ([], 0), ([.nothing, .rows([])], 0), ([.nothing, .notReady("x")], 1),
            ([.noList(Failure(source: .bond, code: "x"))], 1), ([.notReady("x"), .unreached], 75),
        ] as [([CutoverOutcome], Int32)]
    )
    func theWorstCustomerGivesTheExitCode(outcomes: [CutoverOutcome], code: Int32) {
        var summary = summary(outcomes)
        #expect(summary.verdict.exitCode == code)
        #expect(summary.isWhole == (code != 75))
        summary.stop = .interrupted(signal: 2)
        #expect(summary.verdict.exitCode == 130)
        #expect(!summary.isWhole)
    }

    @Test func theTextAndTheDocumentCount() {
        var summary = summary([.nothing, .rows([Self.row(.same), Self.row(.unknown)]), .notReady("why")])
        summary.output = "plan.csv"
        #expect(
            CutoverText(summary).text == """
                cutover plan run-1: done, but some customers are not ready and not in the plan (exit 1)
                customers  1 planned, 1 done, 1 not_ready
                old links  1 same, 1 unknown
                bond       no calls
                took       2.0 s
                ledger     /l.sqlite
                wrote      plan.csv
                """
        )
        let json = CutoverDocument(summary).json
        #expect(
            json.contains(#""customers":{"planned":1,"done":1,"not_ready":1,"no_list":0,"unreached":0}"#),
            "\(json)"
        )
        #expect(json.contains(#""links":{"same":1,"different":0,"newer":0,"unknown":1}"#), "\(json)")
    }

    @Test func aCustomerThatIsNotReadyIsTold() {
        let owner = Owner(kind: .business, id: "b\u{1B}1")
        #expect(CutoverText.line(owner, .nothing) == nil)
        #expect(CutoverText.line(owner, .rows([Self.row(.same)])) == nil)
        let line = CutoverText.line(owner, .notReady("no new link is usable"))
        #expect(line?.hasPrefix("business b") == true && line?.hasSuffix("1: no new link is usable") == true)
        #expect(line?.contains("\u{1B}") == false)
    }
}
