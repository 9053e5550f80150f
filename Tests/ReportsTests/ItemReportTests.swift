import Domain
import Reports
import Testing

/// How Items are reported.
@Suite struct ItemReportTests {
    private static let checkedAt = Samples.start

    private func row(_ action: RowAction = .updateMode) -> ReportRow {
        var row = ReportRow(state: .linked, action: action)
        row.owner = Samples.business
        row.accountID = "account-1"
        let failure = Failure(source: .plaid, type: "ITEM_ERROR", code: "ITEM_LOGIN_REQUIRED", message: "sign in")
        var item = ItemStanding(health: ItemHealth(action: action, failure: action == .none ? nil : failure))
        item.itemID = "item-1"
        item.institution = "First Bank"
        item.checkedAt = Self.checkedAt
        item.unhealthySince = action == .none ? nil : Self.checkedAt
        item.proposedAccountID = "account-2"
        item.proposedBy = "mask_name_subtype"
        row.item = item
        return row
    }

    private func text(_ row: ReportRow, hasHealth: Bool) -> [Substring] {
        var report = RowReport(format: .csv, hasHealth: hasHealth)
        var bytes: [UInt8] = []
        report.appendHeader(to: &bytes)
        report.append(row, to: &bytes)
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    }

    @Test func theColumnsOfHealthFollowAllOthersWhereTheyAreAskedFor() {
        let plain = text(row(), hasHealth: false)
        let full = text(row(), hasHealth: true)
        #expect(plain[0].hasSuffix(",run_id,input_file,input_line"))
        #expect(
            full[0]
                == plain[0]
                + ",item_id,institution,item_error_code,unhealthy_since,repaired_at,consent_expires_at,"
                + "item_checked_at,proposed_account_id,proposed_by"
        )
        #expect(full[1].hasPrefix(plain[1]))
        #expect(
            full[1].hasSuffix(
                "item-1,First Bank,ITEM_LOGIN_REQUIRED,\(Self.checkedAt),,,\(Self.checkedAt),account-2,mask_name_subtype"
            )
        )
    }

    @Test func whoLooksAtACustomerSeesTheConnection() {
        let history = CustomerHistory(owner: Samples.business, rows: [CustomerHistory.Row(row(), calls: [])])
        let text = CustomerText(history).text
        #expect(text.contains("First Bank, plaid ITEM_LOGIN_REQUIRED: sign in since \(Self.checkedAt)"))
        #expect(text.contains("account-2 seems to be the same (mask_name_subtype)"))
        let good = CustomerHistory(owner: Samples.business, rows: [CustomerHistory.Row(row(.none), calls: [])])
        #expect(CustomerText(good).text.contains("First Bank, works, checked \(Self.checkedAt)"))
        #expect(CustomerDocument(history).json.contains(#""item":{"item_id":"item-1","institution":"First Bank","#))
        #expect(CustomerDocument(history).json.contains(#""proposed_account_id":"account-2""#))
    }

    @Test(
        arguments: [
            ([:], 0), ([.healthy: 2, .repaired: 1, .troubled: 1], 0), ([.healthy: 1, .failed: 1], 1),
            ([.invalid: 1], 1), ([.failed: 1, .unhealthy: 1], 3),
        ] as [([ItemCheckSummary.Outcome: Int], Int32)]
    )
    func theWorstOutcomeGivesTheExitCode(outcomes: [ItemCheckSummary.Outcome: Int], code: Int32) {
        var summary = ItemCheckSummary(runID: "run-1", startedAt: Samples.start, ledger: "/l.sqlite")
        summary.outcomes = outcomes
        #expect(summary.verdict.exitCode == code)
        #expect(ItemCheckText(summary).text.hasPrefix("items check run-1: "))
        #expect(ItemCheckDocument(summary).json.contains(#""exit_code":\#(code),"#))
        summary.stop = .refused("no")
        #expect(summary.verdict.exitCode == 77)
    }

    @Test func progressTellsCallsAndTheirRateLately() {
        var calls = RunSummary.Calls()
        (calls.ok, calls.failed) = (1_230, 4)
        let text = CallProgressText(calls, elapsed: .seconds(90), lately: (calls: 100, span: .seconds(5)))
        #expect(text.line == "1,234 calls: 1,230 ok, 4 failed; 1,200 a minute now; 1 min 30 s so far")
        let start = CallProgressText(RunSummary.Calls(), elapsed: .zero, lately: (calls: 0, span: .zero))
        #expect(start.line.hasPrefix("no calls; 0 a minute now"))
    }

    @Test func statusTellsHowConnectionsAre() {
        var status = LedgerStatus(ledger: "/l.sqlite", environment: .sandbox)
        #expect(!StatusText(status).text.contains("connections"))
        status.itemsCheckedAt = Self.checkedAt
        #expect(StatusText(status).text.contains("those of all linked rows worked, as of \(Self.checkedAt)"))
        #expect(!StatusText(status).text.contains("tokens export"))
        status.unexportedTokens = 1
        #expect(StatusText(status).text.contains("1 access token that only this ledger has"))
        (status.unhealthyRows, status.proposals) = (2, 1)
        #expect(StatusText(status).text.contains("2 linked rows whose user must act"))
        #expect(StatusText(status).text.contains("1 account"))
        #expect(StatusDocument(status).json.contains(#""unhealthy_rows":2,"proposed_accounts":1"#))
    }
}
