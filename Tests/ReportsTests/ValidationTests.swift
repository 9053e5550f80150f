import Domain
import Reports
import Testing

@Suite struct ValidationTests {
    private func tally(invalid: Int) -> ValidationTally {
        var tally = ValidationTally()
        for _ in 0..<3 { tally.note(validRow) }
        tally.noteDuplicate()
        for number in 0..<invalid {
            tally.note(
                InvalidRow(
                    position: InputPosition(file: "rows.csv", line: 10 + number),
                    column: 3,
                    reason: number == 0 ? .badJSON : .missingValue,
                    message: "account_id is\nempty"
                )
            )
        }
        return tally
    }

    private var validRow: InputRow {
        InputRow(
            identity: Identity(owner: Samples.customer, accountID: "a"),
            credential: .accessToken(Secret("access-sandbox-canary")),
            reference: nil,
            position: InputPosition(file: "rows.csv", line: 2),
            warnings: [.accountIDShape]
        )
    }

    @Test func writesTheText() {
        #expect(
            ValidationText(tally(invalid: 2)).text == """
                rows.csv:10:3: bad_json: account_id is empty
                rows.csv:11:3: missing_value: account_id is empty

                rows     6 read: 3 valid, 2 invalid, 1 duplicate
                invalid  1 bad_json, 1 missing_value
                warning  3 rows with account_id_shape: \
                the account id is not 37 letters and digits, as Plaid's usually are
                """
        )
    }

    @Test func writesTheTextOfAGoodInput() {
        var good = ValidationTally()
        good.noteDuplicate()
        #expect(ValidationText(good).text == "rows  1 read: 1 duplicate")
    }

    @Test func showsTheFirstProblemsOnly() throws {
        let many = tally(invalid: 1_023)
        let lines = ValidationText(many).text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("rows.csv:") } == 20)
        #expect(lines.contains("1,003 more problems; `--invalid FILE` writes them all"))
        let written = ValidationText(many, file: "bad.csv").text.split(separator: "\n")
        #expect(written.contains("1,003 more problems; all 1,023 are in bad.csv"))
        #expect(!written.contains { $0.contains("--invalid") })
        let document = try #require(JSON.object(ValidationDocument(many).json))
        #expect((document["problems"] as? [Any])?.count == 20)
        #expect(document["rows"] as? [String: Int] == ["read": 1_027, "valid": 3, "invalid": 1_023, "duplicate": 1])
    }

    @Test func writesTheDocument() {
        var tally = ValidationTally()
        tally.note(Samples.invalid)
        #expect(
            ValidationDocument(tally).json == #"""
                {"version":1,"rows":{"read":1,"valid":0,"invalid":1,"duplicate":0},"reasons":{"wrong_field_count":0,\#
                "bad_quoting":0,"record_too_long":0,"bad_json":0,"not_an_object":0,"duplicate_field":0,"wrong_type":0,\#
                "missing_value":1,"two_owners":0,"business_owner":0,"bad_utf8":0,"control_character":0,\#
                "token_in_wrong_field":0,"wrong_environment":0,"conflicting_token":0},\#
                "warnings":{"access_token_shape":0,"account_id_shape":0,"owner_id_shape":0},\#
                "problems":[{"input_file":"rows.csv","input_line":8,"column":14,"reason":"missing_value",\#
                "message":"account_id is empty: fill it in","reference":"ref-3",\#
                "customer_id":"4bcb1d14-3b1c-4a5c-9a0e-6b2f1f6b1a01","business_id":null,"account_id":null}]}
                """#
        )
    }

    @Test func writesTheFileOfInvalidRows() {
        let row = InvalidRow(
            position: InputPosition(file: "-", line: 3),
            column: 1,
            reason: .twoOwners,
            message: "both, choose",
            reference: "=1",
            owner: Samples.business,
            accountID: "a"
        )
        let header = "input_file,input_line,column,reason,message,reference,customer_id,business_id,account_id\n"
        let first = """
            rows.csv,8,14,missing_value,account_id is empty: fill it in,ref-3,4bcb1d14-3b1c-4a5c-9a0e-6b2f1f6b1a01,,

            """
        #expect(file(of: [Samples.invalid, row]) == header + first + "-,3,1,two_owners,\"both, choose\",=1,,biz 7,a\n")
        #expect(
            file(of: [row], spreadsheetSafe: true) == header + "'-,3,1,two_owners,\"both, choose\",'=1,,biz 7,a\n"
        )
    }

    @Test func neverShowsAToken() {
        let all = tally(invalid: 1)
        #expect(!(ValidationText(all).text + ValidationDocument(all).json).contains("canary"))
    }

    private func file(of rows: [InvalidRow], spreadsheetSafe: Bool = false) -> String {
        let csv = InvalidRowsCSV(spreadsheetSafe: spreadsheetSafe)
        var buffer: [UInt8] = []
        csv.appendHeader(to: &buffer)
        for row in rows { csv.append(row, to: &buffer) }
        return String(decoding: buffer, as: UTF8.self)
    }
}
