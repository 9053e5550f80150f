import Domain
import Reports
import Testing

@Suite struct AdoptionReportTests {
    private static let claim = Adoption(
        identity: Identity(owner: Owner(kind: .customer, id: "c1"), accountID: "a1"),
        linkedAccountID: "l1",
        reference: "ref\u{1B}[31m",
        position: InputPosition(file: "links.csv", line: 7)
    )
    private static let failure = Failure(source: .bond, code: "not_listed", message: "Bond does not list it")

    private func summary(_ outcomes: [AdoptionResult.Outcome]) -> AdoptionSummary {
        var summary = AdoptionSummary(runID: "run-1", startedAt: Samples.start, ledger: "/l.sqlite")
        summary.finishedAt = Samples.start + .seconds(2)
        for outcome in outcomes {
            let account = BondAccount(linkedAccountID: "l1", status: "active")
            let failure = outcome == .notListed ? Self.failure : nil
            summary.add(AdoptionResult(Self.claim, outcome, account: account, failure: failure))
        }
        return summary
    }

    @Test(
        arguments: [
            ([], 0), ([.adopted, .alreadyLinked], 0), ([.adopted, .notListed], 1), ([.removed], 1),
            ([.contradicted], 1), ([.refused], 1), ([.heldUp], 1), ([.heldUp, .unreached], 75),
        ] as [([AdoptionResult.Outcome], Int32)]
    )
    func theWorstOutcomeGivesTheExitCode(outcomes: [AdoptionResult.Outcome], code: Int32) {
        var summary = summary(outcomes)
        #expect(summary.verdict.exitCode == code)
        summary.stop = .interrupted(signal: 15)
        #expect(summary.verdict.exitCode == 143)
    }

    @Test func anInvalidLineIsExitOne() {
        var summary = summary([.adopted])
        summary.invalid = 1
        #expect(summary.verdict.exitCode == 1)
    }

    @Test func aLineSaysWhereWhatAndWhy() {
        let result = AdoptionResult(Self.claim, .notListed, failure: Self.failure)
        let line = AdoptionText.line(result)
        #expect(line.hasPrefix("links.csv:7: not_listed c1 a1 l1 (Bond does not list it; reference ref"))
        #expect(!line.contains("\u{1B}"))
    }

    @Test func theTextCountsAndEndsWithTheNextCommand() {
        var summary = summary([.adopted, .adopted, .notListed])
        summary.excluded = 2
        summary.next = "relink adopt links.csv"
        let text = AdoptionText(summary).text
        #expect(
            text == """
                adopt run-1: finished, but some links were not adopted (exit 1)
                links     2 adopted, 1 not_listed
                unusable  2 of the adopted, by their status
                left out  2 lines
                bond      no calls
                took      2.0 s
                ledger    /l.sqlite
                next      relink adopt links.csv
                """
        )
    }

    @Test func theDocumentKeepsTheFirstHundredThatNeedSomebody() throws {
        let summary = summary(Array(repeating: .notListed, count: 150) + [.adopted])
        let json = AdoptionDocument(summary).json
        #expect(json.hasPrefix(#"{"version":1,"run_id":"run-1","exit_code":1,"outcome":"rows_failed","links":{"#))
        #expect(json.contains(#""not_listed":150"#))
        #expect(json.matches(of: /"input_line":7/).count == 100)
        #expect(json.contains(#""linked_account_id":"l1""#))
    }

    @Test func theForecastCountsWhatTheLedgerTells() {
        var forecast = AdoptionForecast()
        let results = [
            nil, AdoptionResult(Self.claim, .alreadyLinked), AdoptionResult(Self.claim, .heldUp),
            AdoptionResult(Self.claim, .refused),
        ]
        forecast.add(results, invalid: 1, excluded: 3)
        #expect(forecast.open == 1)
        #expect(
            forecast.text.hasPrefix(
                "4 links: 1 to ask Bond about, 1 in the ledger already, 2 refused by the ledger, 3 left out; 1 invalid line."
            )
        )
        #expect(
            forecast.json
                == #"{"version":1,"links":4,"to_adopt":1,"already_linked":1,"refused":2,"invalid":1,"excluded":3}"#
        )
    }
}
