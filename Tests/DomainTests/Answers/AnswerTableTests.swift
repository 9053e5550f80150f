import Domain
import TestSupport
import Testing

/// The table as a whole: every answer has its rule, and every rule its answer.
@Suite struct AnswerTableTests {
    @Test(arguments: AnswerTable.rules.indices)
    func ruleIsTheFirstForSomeAnswer(index: Int) {
        let rule = AnswerTable.rules[index]
        let answers = (rule.statuses.map { [$0.lowerBound, $0.upperBound] } ?? [418, 0]).map { status in
            Refusal(api: rule.api, status: status, type: rule.type, code: rule.code, message: rule.messagePart)
        }
        let own = answers.first { answer in AnswerTable.rules.firstIndex { $0.matches(answer) } == index }
        #expect(own.map(AnswerTable.rule) == rule)
    }

    @Test func everyAnswerHasTheFirstRuleThatMatches() {
        var random = SeededGenerator()
        let seed = "\(random)"
        let codes = AnswerTable.rules.compactMap(\.code) + ["brand_new", ""]
        let types = AnswerTable.rules.compactMap(\.type) + ["Request Error", ""]
        let messages = AnswerTable.rules.compactMap(\.messagePart) + ["oops", ""]
        for _ in 0..<5_000 {
            let answer = Refusal(
                api: random.pick(API.allCases),
                status: .random(in: 100...699, using: &random),
                type: random.chance(oneIn: 3) ? nil : random.pick(types),
                code: random.chance(oneIn: 3) ? nil : random.pick(codes),
                message: random.chance(oneIn: 3) ? nil : random.pick(messages)
            )
            let rule = AnswerTable.rule(for: answer)
            #expect(rule == AnswerTable.rules.first { $0.matches(answer) }, "\(answer) \(seed)")
            #expect(rule.api == answer.api, "\(answer) \(seed)")
        }
    }

    @Test(arguments: API.allCases)
    func lastRuleOfAnAPITakesEverything(api: API) throws {
        let last = try #require(AnswerTable.rules.last { $0.api == api })
        // What Plaid says and nobody knows is tried again; what Bond says and nobody knows may have made a link.
        #expect(last.meaning == (api == .plaid ? .unknown : .doubt))
        #expect(last.matches(Refusal(api: api, status: 0)))
    }

    @Test func everyRuleGivesAdviceInSentences() {
        for rule in AnswerTable.rules {
            #expect(rule.advice.last.map { ".`".contains($0) } == true, "\(rule)")
            #expect(rule.advice.first?.isUppercase == true, "\(rule)")
        }
    }
}
