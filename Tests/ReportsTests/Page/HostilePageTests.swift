import Domain
import Foundation
import Reports
import Testing

/// What comes from outside can bring neither markup nor size into the page.
@Suite("The page of hostile data") struct HostilePageTests {
    private static let attacks = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title><script>",
        "</style><script>", "<!--", "]]>", "&lt;script&gt;", "javascript:alert(1)", "\u{202E}gnp.exe", "\u{2066}a",
        "a\u{0}b", "\u{1B}[31m", "line\r\nbreak\u{2028}and\u{85}more", "`<b>`", "{{x}}",
    ]

    @Test func attacksBecomeText() throws {
        for attack in Self.attacks {
            let page = PageSamples.html(
                figures { attack },
                about: ReportSubject(ledger: attack, fullListCommand: attack)
            )
            let elements = try MarkupChecker.elements(of: page)
            #expect(elements.allSatisfy { !["script", "img", "b"].contains($0.name) }, "\(attack)")
            #expect(elements.allSatisfy { $0.attributes.keys.allSatisfy { !$0.hasPrefix("on") } }, "\(attack)")
            #expect(page.unicodeScalars.allSatisfy(Self.isHarmless), "\(attack)")
        }
    }

    @Test func escapesOnce() {
        #expect(PageSamples.html(figures { "a&lt;b" }).contains("a&amp;lt;b"))
        #expect(PageSamples.html(figures { "O'Hara & \"Jo\"" }).contains("O&#39;Hara &amp; &quot;Jo&quot;"))
    }

    @Test func nastyTextsKeepThePageWhole() throws {
        let seed =
            ProcessInfo.processInfo.environment["RELINK_TEST_SEED"].flatMap(UInt64.init)
            ?? UInt64.random(in: 0...UInt64.max)
        var texts = NastyText(seed: seed)
        for _ in 0..<20 {
            let page = PageSamples.html(figures { texts.next() })
            #expect(throws: Never.self, "RELINK_TEST_SEED=\(seed)") { try MarkupChecker.elements(of: page) }
            #expect(page.unicodeScalars.allSatisfy(Self.isHarmless), "RELINK_TEST_SEED=\(seed)")
        }
    }

    @Test func staysSmallWhateverIsInIt() {
        let long = String(repeating: "\"\u{10FFFF}", count: 50_000)
        let page = PageSamples.html(figures { long }, about: ReportSubject(ledger: long, fullListCommand: "relink"))
        #expect(page.utf8.count < 1_000_000)
        #expect(page.utf8.count > 100_000, "the texts are there")
    }

    /// The fullest page there can be, every text of it from outside.
    private func figures(_ text: () -> String) -> LedgerFigures {
        var figures = PageSamples.figures
        func row(_ state: RowState) -> ReportRow {
            var row = ReportRow(state: state, action: .review)
            (row.reference, row.accountID, row.inputFile) = (text(), text(), text())
            row.owner = Owner(kind: .customer, id: text())
            row.failure = Failure(source: .bond, type: text(), code: text(), message: text())
            (row.updatedAt, row.inputLine) = (Samples.start, 7)
            return row
        }
        for state in RowState.allCases {
            figures.states[state] = 1_000_000
            guard state.needsSomebody else { continue }
            figures.lists[state] = (0..<LedgerFigures.rowLimit).map { _ in row(state) }
        }
        figures.errors = (0..<LedgerFigures.errorLimit).map { _ in
            ErrorCount(Failure(source: .plaid, type: text(), code: text(), message: text()), count: 1)
        }
        figures.runs = (0..<LedgerFigures.runLimit).map { number in
            var run = RunOnRecord(
                number: Int64(number),
                id: text(),
                startedAt: Samples.start,
                finishedAt: Samples.start + .seconds(number),
                outcome: .done,
                attempted: 7
            )
            run.states = Dictionary(uniqueKeysWithValues: RowState.allCases.map { ($0, 1_000) })
            return run
        }
        return figures
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar == "\n"
        case .lineSeparator, .paragraphSeparator: false
        default: !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
        }
    }
}
