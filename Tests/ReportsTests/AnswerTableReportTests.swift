import Domain
import Reports
import Testing

@Suite struct AnswerTableReportTests {
    private let rules = [
        AnswerRule(
            .bond,
            message: "identity",
            status: 400...400,
            .settle(.rejected, .fixIdentity),
            reported: "identity_mismatch",
            "Correct \"it\"."
        ),
        AnswerRule(.plaid, code: "INVALID_PRODUCT", message: "not enabled", .stop, "Enable it."),
        AnswerRule(.plaid, type: "API_ERROR", .transient, "Wait."),
        AnswerRule(.bond, status: 500...599, .doubt, "List."),
        AnswerRule(.bond, .unknown, "Try."),
    ]

    @Test func writesAlignedColumns() {
        #expect(
            AnswerTableReport(rules: rules).text == """
                API    ANSWER                                      HTTP     STATE      ACTION        \
                HANDLING     WHAT TO DO
                bond   identity_mismatch, message has "identity"   400      rejected   fix_identity  \
                settled      Correct "it".
                plaid  INVALID_PRODUCT, message has "not enabled"  any      as it was  none          \
                run_stops    Enable it.
                plaid  type API_ERROR                              any      retryable  retry         \
                tried_again  Wait.
                bond   any code                                    500-599  in_doubt   review        \
                reconciled   List.
                bond   anything else                               any      retryable  retry         \
                three_runs   Try.
                """
        )
    }

    @Test func writesTheDocument() {
        #expect(
            AnswerTableReport(rules: [rules[0], rules[4]]).json == #"""
                {"version":1,"answers":[{"source":"bond","error_type":null,"error_code":"identity_mismatch",\#
                "message_contains":"identity","http_status":"400","state":"rejected","action":"fix_identity",\#
                "handling":"settled","advice":"Correct \"it\"."},{"source":"bond","error_type":null,\#
                "error_code":null,"message_contains":null,"http_status":null,"state":"retryable","action":"retry",\#
                "handling":"three_runs","advice":"Try."}]}
                """#
        )
    }

    @Test func writesMarkdown() {
        #expect(
            AnswerTableReport(rules: [rules[1], rules[3]]).markdown == """
                | API | Answer | HTTP | State | Action | Handling | What to do |
                | --- | --- | --- | --- | --- | --- | --- |
                | plaid | INVALID_PRODUCT, message has "not enabled" | any | as it was | `none` | `run_stops` | Enable it. |
                | bond | any code | 500-599 | `in_doubt` | `review` | `reconciled` | List. |
                """
        )
    }

    @Test func holdsTheWholeTable() throws {
        let report = AnswerTableReport()
        let document = try #require(JSON.object(report.json))
        #expect((document["answers"] as? [Any])?.count == AnswerTable.rules.count)
        #expect(report.text.split(separator: "\n").count == AnswerTable.rules.count + 1)
    }
}
