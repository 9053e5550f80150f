import Domain
import Foundation
import Reports
import Testing

@Suite struct RowReportTests {
    static let columns = [
        "reference", "customer_id", "business_id", "account_id", "state", "action", "linked_account_id", "bond_status",
        "verification_status", "error_source", "error_type", "error_code", "error_message", "attempts",
        "plaid_request_id", "first_seen_at", "updated_at", "linked_at", "run_id", "input_file", "input_line",
    ]

    @Test func writesCSV() {
        #expect(
            Samples.report(.csv, of: Samples.rows) == """
                reference,customer_id,business_id,account_id,state,action,linked_account_id,bond_status,\
                verification_status,error_source,error_type,error_code,error_message,attempts,plaid_request_id,\
                first_seen_at,updated_at,linked_at,run_id,input_file,input_line
                ref-1,4bcb1d14-3b1c-4a5c-9a0e-6b2f1f6b1a01,,BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp,linked,none,\
                6f3e1b52-9c0d-4e0f-8a51-0e4f6c0a7d11,active,instantly_verified,,,,,1,q1w2e3,\
                2026-11-23T09:05:00.250Z,2026-11-23T09:05:02.250Z,2026-11-23T09:05:02.250Z,run-1,rows.csv,2
                "O'Hara, ""Jo""\",,biz 7,acc|2,needs_user,update_mode,,,,plaid,ITEM_ERROR,ITEM_LOGIN_REQUIRED,\
                "the login details
                have changed",0,r4t5,,,,run-1,,
                ref-3,4bcb1d14-3b1c-4a5c-9a0e-6b2f1f6b1a01,,,invalid,fix_row,,,,input,,missing_value,\
                account_id is empty: fill it in,0,,2026-11-23T09:05:00.250Z,2026-11-23T09:05:00.250Z,,run-1,rows.csv,7

                """
        )
    }

    static let needsUserObject = #"""
        {"reference":"O'Hara, \"Jo\"","customer_id":null,"business_id":"biz 7","account_id":"acc|2",\#
        "state":"needs_user","action":"update_mode","linked_account_id":null,"bond_status":null,\#
        "verification_status":null,"error_source":"plaid","error_type":"ITEM_ERROR",\#
        "error_code":"ITEM_LOGIN_REQUIRED","error_message":"the login details\nhave changed","attempts":0,\#
        "plaid_request_id":"r4t5","first_seen_at":null,"updated_at":null,"linked_at":null,"run_id":"run-1",\#
        "input_file":null,"input_line":null}
        """#

    @Test func writesJSONLines() {
        #expect(Samples.report(.jsonl, of: [Samples.needsUser]) == Self.needsUserObject + "\n")
    }

    @Test func writesOneJSONDocument() {
        let rows = [Samples.needsUser, Samples.needsUser]
        let expected = #"{"version":1,"rows":["# + "\n\(Self.needsUserObject),\n\(Self.needsUserObject)\n]}\n"
        #expect(Samples.report(.json, of: rows) == expected)
    }

    @Test func writesReportsOfNothing() {
        #expect(Samples.report(.csv, of: []) == Self.columns.joined(separator: ",") + "\n")
        #expect(Samples.report(.jsonl, of: []).isEmpty)
        #expect(Samples.report(.json, of: []) == #"{"version":1,"rows":["# + "\n]}\n")
        #expect(
            Samples.report(.markdown, of: []) == """
                # relink report

                0 rows.

                No row needs anybody. The full list: `relink report --format csv`.

                """
        )
    }

    @Test func ownRequestIDOutranksTheFailures() throws {
        var row = Samples.needsUser
        row.plaidRequestID = "newer"
        let records = try ReferenceCSV.records(of: Samples.report(.csv, of: [row]))
        #expect(records[1][14] == "newer")
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func csvReadsBackAsItWas(seed: UInt64) throws {
        var texts = NastyText(seed: seed)
        let rows = (0..<25).map { _ in texts.nextRow() }
        let records = try ReferenceCSV.records(of: Samples.report(.csv, of: rows))
        try #require(records.count == rows.count + 1, "seed \(seed)")
        for (record, row) in zip(records.dropFirst(), rows) {
            try #require(record.count == Self.columns.count, "seed \(seed)")
            // Swift compares by canonical equivalence; a report is about bytes.
            let expected = [row.reference, row.accountID, row.failure?.message, row.inputFile].map {
                Array(($0 ?? "").utf8)
            }
            #expect([record[0], record[3], record[12], record[19]].map { Array($0.utf8) } == expected, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func jsonIsReadByAnotherReader(seed: UInt64) throws {
        var texts = NastyText(seed: seed)
        let rows = (0..<25).map { _ in texts.nextRow() }
        let document = try #require(JSON.object(Samples.report(.json, of: rows)), "seed \(seed)")
        let objects = try #require(document["rows"] as? [[String: Any]], "seed \(seed)")
        #expect(objects.count == rows.count, "seed \(seed)")
        for (object, row) in zip(objects, rows) {
            #expect(Set(object.keys) == Set(Self.columns), "seed \(seed)")
            // Foundation drops a byte order mark at a string's beginning.
            let message = (object["error_message"] as? String).map(bytesWithoutMarks)
            #expect(message == row.failure?.message.map(bytesWithoutMarks), "seed \(seed)")
            #expect(object["attempts"] as? Int == row.attempts, "seed \(seed)")
            #expect(object["input_line"] as? Int == row.inputLine, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func formatsAgreeOnTheRows(seed: UInt64) throws {
        var texts = NastyText(seed: seed)
        let rows = (0..<texts.nextNumber(below: 200)).map { _ in texts.nextRow() }
        let lines = Samples.report(.jsonl, of: rows).utf8.count { $0 == UInt8(ascii: "\n") }
        let document = try #require(JSON.object(Samples.report(.json, of: rows)))
        let markdown = Samples.report(.markdown, of: rows).split(separator: "\n")
        #expect(try ReferenceCSV.records(of: Samples.report(.csv, of: rows)).count == rows.count + 1, "seed \(seed)")
        #expect(lines == rows.count, "seed \(seed)")
        #expect((document["rows"] as? [Any])?.count == rows.count, "seed \(seed)")
        #expect(markdown[1] == "\(rows.count) row\(rows.count == 1 ? "" : "s").", "seed \(seed)")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "\"'\t=1\""),
        ("\r=1", "\"'\r=1\""), ("=A,B", "\"'=A,B\""), ("=\"x\"", "\"'=\"\"x\"\"\""), ("a=1", "a=1"), ("'=1", "'=1"),
        (" =1", "\" =1\""), ("", ""),
    ])
    func defusesFormulas(text: String, cell: String) throws {
        var row = Samples.linked
        row.reference = text
        let defused = Samples.report(.csv, of: [row], spreadsheetSafe: true)
        #expect(defused.split(separator: "\n", maxSplits: 1)[1].hasPrefix(cell + ",4bcb"))
        let plain = try ReferenceCSV.records(of: Samples.report(.csv, of: [row]))
        #expect(plain[1][0] == text)
    }

    @Test(arguments: [
        ("a b", "a b"), (" a", "\" a\""), ("a\t", "\"a\t\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
        ("a'b|;", "a'b|;"),
        ("a\rb", "\"a\rb\""), ("a\nb", "\"a\nb\""), ("\r\n", "\"\r\n\""),
    ])
    func quotesOnlyWhereNeeded(text: String, cell: String) {
        var row = Samples.linked
        row.reference = text
        let body = Samples.report(.csv, of: [row]).utf8.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
        #expect(body.starts(with: (cell + ",4bcb").utf8))
    }

    @Test func defusesNothingOutsideCSV() {
        var row = Samples.needsUser
        row.reference = "=1+1"
        for format in [ReportFormat.jsonl, .json, .markdown] {
            #expect(Samples.report(format, of: [row], spreadsheetSafe: true) == Samples.report(format, of: [row]))
        }
    }

    @Test(arguments: [
        ("plain/path", #""plain/path""#), ("\"\\", #""\"\\""#), ("\u{8}\u{9}\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""), ("Zoë 👍\u{2028}", "\"Zoë 👍\u{2028}\""),
        ("\u{FEFF}", "\"\u{FEFF}\""),
    ])
    func escapesOnlyWhatJSONAsksFor(text: String, literal: String) {
        var row = Samples.linked
        row.reference = text
        let expected = #"{"reference":"# + literal + ","
        #expect(Samples.report(.jsonl, of: [row]).utf8.starts(with: expected.utf8))
    }

    private func bytesWithoutMarks(_ text: String) -> [UInt8] {
        Array(text.unicodeScalars.filter { $0 != "\u{FEFF}" }.map(String.init).joined().utf8)
    }
}
