import Domain
import Reports
import Testing

@Suite struct CustomerTests {
    private var history: CustomerHistory {
        let mint = Attempt(
            call: .mint,
            result: .refused,
            sentAt: Samples.start,
            latency: .milliseconds(1_234),
            status: 400,
            code: "ITEM_LOGIN_REQUIRED",
            message: "the login details\nhave changed",
            requestID: "r4t5"
        )
        let crash = Attempt(call: .post, result: .crashed, sentAt: Samples.start + .seconds(60))
        let calls = [
            CustomerHistory.Call(runID: "run-1", attempt: mint), CustomerHistory.Call(runID: "run-20", attempt: crash),
        ]
        return CustomerHistory(
            owner: Samples.business,
            rows: [
                CustomerHistory.Row(Samples.needsUser, calls: calls), CustomerHistory.Row(Samples.linked, calls: []),
            ]
        )
    }

    @Test func writesTheText() {
        #expect(
            CustomerText(history).text == """
                business biz 7: 2 rows

                account        acc|2
                state          needs_user
                reference      O'Hara, "Jo"
                error          plaid ITEM_LOGIN_REQUIRED: the login details have changed
                to do          Send the user through Plaid Link in update mode, then run again.
                plaid request  r4t5
                updated        run run-1
                sent to Bond   0 times
                  SENT                      RUN     CALL  RESULT   HTTP   TOOK  ANSWER
                  2026-11-23T09:05:00.250Z  run-1   mint  refused   400  1.2 s  ITEM_LOGIN_REQUIRED, \
                the login details have changed, request r4t5
                  2026-11-23T09:06:00.250Z  run-20  post  crashed     -      -

                account        BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp
                state          linked
                reference      ref-1
                linked as      6f3e1b52-9c0d-4e0f-8a51-0e4f6c0a7d11, active, instantly_verified
                linked at      2026-11-23T09:05:02.250Z
                plaid request  q1w2e3
                first seen     2026-11-23T09:05:00.250Z
                updated        2026-11-23T09:05:02.250Z, run run-1
                input          rows.csv:2
                sent to Bond   once
                """
        )
    }

    @Test(arguments: [(nil, nil), ("active", nil), ("active", "brand_new"), ("inactive", "instantly_verified")])
    func saysThatALinkIsNotUsableYet(status: String?, verification: String?) {
        var row = Samples.linked
        (row.bondStatus, row.verificationStatus) = (status, verification)
        let history = CustomerHistory(owner: Samples.business, rows: [CustomerHistory.Row(row, calls: [])])
        #expect(CustomerText(history).text.contains("not usable yet"))
    }

    @Test func writesTheTextOfNobody() {
        let nobody = CustomerHistory(owner: Owner(kind: .customer, id: "no\u{1B}body"), rows: [])
        #expect(CustomerText(nobody).text == "customer no\u{FFFD}body: 0 rows")
    }

    @Test func writesTheDocument() throws {
        let json = CustomerDocument(history).json
        #expect(json.hasPrefix(#"{"version":1,"customer_id":null,"business_id":"biz 7","rows":[{"reference":"#))
        #expect(
            json.contains(
                #"""
                "input_file":null,"input_line":null,"item":null,"calls":[{"run_id":"run-1","call":"mint","result":"refused",\#
                "sent_at":"2026-11-23T09:05:00.250Z","latency_ms":1234,"http_status":400,\#
                "error_code":"ITEM_LOGIN_REQUIRED","error_message":"the login details\nhave changed",\#
                "request_id":"r4t5"},{"run_id":"run-20","call":"post","result":"crashed",\#
                "sent_at":"2026-11-23T09:06:00.250Z","latency_ms":null,"http_status":null,"error_code":null,\#
                "error_message":null,"request_id":null}]}
                """#
            )
        )
        #expect(json.hasSuffix(#""input_line":2,"item":null,"calls":[]}]}"#))
        let rows = try #require(JSON.object(json)?["rows"] as? [[String: Any]])
        #expect(
            rows.map { Set($0.keys) } == Array(repeating: Set(RowReportTests.columns + ["item", "calls"]), count: 2)
        )
    }
}
