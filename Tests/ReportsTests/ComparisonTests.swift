import Domain
import Foundation
import Reports
import Testing

@Suite struct ComparisonTests {
    private let comparison = RunComparison(
        before: PageSamples.run(1),
        after: PageSamples.run(2),
        counts: [
            RunComparison.Count(.added, before: nil, after: .linked, rows: 1),
            RunComparison.Count(.moved, before: .retryable, after: .needsUser, rows: 1_200),
        ]
    )

    private var changes: [RowChange] {
        [
            RowChange(Samples.linked, before: nil, after: RowChange.Standing(.linked, .none)),
            RowChange(
                Samples.needsUser,
                before: RowChange.Standing(.retryable, .retry, errorSource: "plaid", errorCode: "INSTITUTION_DOWN"),
                after: RowChange.Standing(.needsUser, .updateMode, errorSource: "plaid", errorCode: "A|B")
            ),
        ]
    }

    private func report(_ format: ReportFormat, _ changes: [RowChange], safe: Bool = false) -> String {
        let subject = ReportSubject(ledger: "/l.sqlite", environment: .sandbox, fullListCommand: "relink report")
        var report = ComparisonReport(format: format, spreadsheetSafe: safe, of: comparison, about: subject)
        var buffer: [UInt8] = []
        report.appendHeader(to: &buffer)
        for change in changes { report.append(change, to: &buffer) }
        report.appendFooter(to: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    @Test func writesCSV() {
        #expect(
            report(.csv, changes) == """
                reference,customer_id,business_id,account_id,change,from_state,from_action,from_error_source,\
                from_error_code,to_state,to_action,to_error_source,to_error_code,linked_account_id,updated_at
                ref-1,4bcb1d14-3b1c-4a5c-9a0e-6b2f1f6b1a01,,BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp,added,,,,,linked,\
                none,,,6f3e1b52-9c0d-4e0f-8a51-0e4f6c0a7d11,2026-11-23T09:05:02.250Z
                "O'Hara, ""Jo""\",,biz 7,acc|2,moved,retryable,retry,plaid,INSTITUTION_DOWN,needs_user,update_mode,\
                plaid,A|B,,

                """
        )
    }

    @Test func writesLinesWithEveryKey() throws {
        let lines = report(.jsonl, changes).split(separator: "\n")
        #expect(lines.count == 2)
        let first = try #require(JSON.object(String(lines[0])))
        #expect(first.count == 15)
        #expect(first["change"] as? String == "added")
        #expect(lines[0].contains(#""from_state":null"#))
    }

    @Test(arguments: [0, 2]) func writesTheCountsFirstInADocument(rows: Int) throws {
        let text = report(.json, Array(changes.prefix(rows)))
        let document = try #require(JSON.object(text))
        #expect(document["version"] as? Int == 1)
        #expect((document["rows"] as? [Any])?.count == rows)
        #expect((document["counts"] as? [[String: Any]])?.last?["rows"] as? Int == 1_200)
        #expect((document["from"] as? [String: Any])?["run_id"] as? String == "run-1")
        let (counts, list) = (text.range(of: "\"counts\""), text.range(of: "\"rows\":["))
        #expect(try #require(counts).lowerBound < #require(list).lowerBound)
    }

    @Test func writesATicket() {
        #expect(
            report(.markdown, changes) == #"""
                # What changed between two runs

                From the end of run-1 (over 2026-11-24T10:05:00.250Z) to the end of run-2 (over 2026-11-25T10:05:00.250Z).

                1,201 rows changed, sandbox, ledger /l.sqlite.

                ## Counts

                | Change | From | To | Rows |
                | --- | --- | --- | ---: |
                | added |  | linked | 1 |
                | moved | retryable | needs_user | 1,200 |

                Invalid lines of input: 3 in the earlier run, 3 in the later one.

                ## Rows

                | Owner | Account | Reference | Change | From | To |
                | --- | --- | --- | --- | --- | --- |
                | 4bcb1d14-3b1c-4a5c-9a0e-6b2f1f6b1a01 | BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp | ref-1 | added |  | linked |
                | biz 7 | acc\|2 | O'Hara, "Jo" | moved | retryable INSTITUTION_DOWN | needs_user A\|B |

                The first 2 of 1,201 rows. The full list: `relink report`.

                """#
        )
    }

    @Test func aTicketStaysShort() {
        let many = Array(repeating: changes[0], count: 5_000)
        #expect(report(.markdown, many).split(separator: "\n").count < 75)
    }

    @Test func aChangeKnowsItsKind() {
        let standing = RowChange.Standing(.rejected, .fixRow, errorCode: "a")
        let other = RowChange.Standing(.rejected, .fixRow, errorCode: "b")
        #expect(RowChange(Samples.linked, before: standing, after: other).kind == .reason)
        #expect(changes.map(\.kind) == [.added, .moved])
    }
}
