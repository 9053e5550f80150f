import Domain
import Reports
import Testing

@Suite struct MarkdownReportTests {
    @Test func writesATicket() {
        let subject = ReportSubject(
            ledger: "/data/relink.sqlite",
            environment: .production,
            madeAt: Samples.start,
            fullListCommand: "relink report --ledger /data/relink.sqlite --format csv"
        )
        let rows = Samples.rows + [Samples.needsUser]
        #expect(
            Samples.report(.markdown, of: rows, about: subject) == #"""
                # relink report

                4 rows, production, 2026-11-23T09:05:00.250Z, ledger /data/relink.sqlite.

                ## States

                | State | Rows | What to do |
                | --- | ---: | --- |
                | linked | 1 | Nothing. |
                | needs_user | 2 | The user goes through Plaid Link as the action says, then run again. |
                | invalid | 1 | Correct the line in the input, then run again. |

                ## Most frequent errors

                | Rows | Source | Code | What to do |
                | ---: | --- | --- | --- |
                | 2 | plaid | ITEM_LOGIN_REQUIRED | Send the user through Plaid Link in update mode, then run again. |
                | 1 | input | missing_value | Correct the line in the input, then run again. |

                ## Rows that need somebody

                | Owner | Account | Reference | State | Action | Error | Input |
                | --- | --- | --- | --- | --- | --- | --- |
                | biz 7 | acc\|2 | O'Hara, "Jo" | needs_user | update_mode | \#
                plaid ITEM_LOGIN_REQUIRED: the login details have changed |  |
                | 4bcb1d14-3b1c-4a5c-9a0e-6b2f1f6b1a01 |  | ref-3 | invalid | fix_row | \#
                input missing_value: account_id is empty: fill it in | rows.csv:7 |
                | biz 7 | acc\|2 | O'Hara, "Jo" | needs_user | update_mode | \#
                plaid ITEM_LOGIN_REQUIRED: the login details have changed |  |

                The full list: `relink report --ledger /data/relink.sqlite --format csv`.

                """#
        )
    }

    @Test func staysBounded() {
        let rows = (0..<20_000).map { number in
            var row = Samples.needsUser
            row.failure = Failure(source: .bond, code: "code_\(number % 3_000)", message: "m")
            return row
        }
        let report = Samples.report(.markdown, of: rows)
        #expect(report.utf8.count < 16_000)
        #expect(report.contains("1,000 or more different errors in all."))
        #expect(report.contains("The first 50 of 20,000 rows."))
        #expect(lines(of: report, after: "## Most frequent errors").count == 22)
        #expect(lines(of: report, after: "## Rows that need somebody").count == 52)
    }

    @Test func putsFrequentErrorsFirst() {
        let codes = ["B", "A", "C", "C"]
        let rows = codes.map { code in
            var row = ReportRow(state: .retryable, action: .retry)
            row.failure = Failure(source: .network, code: code)
            return row
        }
        let table = lines(of: Samples.report(.markdown, of: rows), after: "## Most frequent errors").dropFirst(2)
        #expect(table.map { $0.prefix(19) } == ["| 2 | network | C |", "| 1 | network | A |", "| 1 | network | B |"])
    }

    @Test(arguments: RowState.allCases)
    func listsOnlyRowsThatNeedSomebody(state: RowState) {
        let quiet: Set<RowState> = [.pending, .minted, .posting, .linked]
        let report = Samples.report(.markdown, of: [ReportRow(state: state, action: state.usualAction)])
        #expect(report.contains("No row needs anybody.") == quiet.contains(state))
        let line = lines(of: report, after: "## States").last ?? ""
        #expect(line.hasPrefix("| \(state.rawValue) | 1 | "))
        #expect(line.split(separator: "|").count == 3)
    }

    @Test(arguments: [
        ("a|b", #"a\|b"#), (#"a\|b"#, #"a\\\|b"#), ("a\r\nb\nc", "a b c"), ("<b>`*[~&", #"\<b>\`\*\[\~\&"#),
        ("ONE_TWO", "ONE_TWO"), ("_x_", #"\_x\_"#), ("a__b", #"a\_\_b"#), ("\u{1B}[1m", "\u{FFFD}\\[1m"),
        ("é_1", "é_1"),
    ])
    func showsTextsAsTheyAre(text: String, markdown: String) {
        var row = Samples.needsUser
        row.accountID = text
        #expect(Samples.report(.markdown, of: [row]).contains("| biz 7 | \(markdown) | O'Hara"))
    }

    @Test(arguments: [
        (Failure(source: .bond, code: "identity_mismatch"), "The customer does not match Plaid's records"),
        (Failure(source: .bond, code: "http_503"), "The link may exist"),
        (Failure(source: .plaid, type: "API_ERROR", code: "NEW_ONE"), "Trouble at Plaid"),
        (Failure(source: .network, code: "timeout"), "The next run settles it"),
        (Failure(source: .bond, code: "several_candidates"), "Look at it with `relink show`"),
    ])
    func saysWhatToDoAboutAnError(failure: Failure, advice: String) {
        var row = ReportRow(state: .inDoubt, action: .review)
        row.failure = failure
        #expect(Samples.report(.markdown, of: [row]).contains(" | \(advice)"))
    }

    @Test func adviceFitsATable() {
        for rule in AnswerTable.rules { #expect(!rule.advice.contains("|") && !rule.advice.contains("\n")) }
    }

    private func lines(of report: String, after title: String) -> [String] {
        let all = report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return Array(all.drop { $0 != title }.dropFirst(2).prefix { !$0.isEmpty })
    }
}
