import Domain
import Testing

@Suite struct AnswerRuleTests {
    private static let full = AnswerRule(
        .bond,
        code: "some_code",
        message: "some words",
        type: "Some Type",
        status: 400...404,
        .doubt,
        "Advice."
    )

    private static func answer(
        _ api: API = .bond,
        _ status: Int = 400,
        type: String? = "Some Type",
        code: String? = "some_code",
        message: String? = "with some words in it"
    ) -> Refusal {
        Refusal(api: api, status: status, type: type, code: code, message: message)
    }

    @Test(arguments: [
        answer(.plaid), answer(.bond, 399), answer(.bond, 405), answer(type: nil), answer(type: "some type"),
        answer(code: nil), answer(code: ""), answer(code: "some_code_more"), answer(message: nil),
        answer(message: "some  words"), answer(message: ""),
    ])
    func onePartThatDiffersIsNoMatch(_ refusal: Refusal) {
        #expect(!Self.full.matches(refusal))
    }

    @Test(arguments: [
        answer(), answer(.bond, 404), answer(code: "SOME_code"), answer(message: "SOME WORDS"),
        answer(message: "some words"),
    ])
    func everyPartThatFitsIsAMatch(_ refusal: Refusal) {
        #expect(Self.full.matches(refusal))
    }

    @Test func partThatIsMissingMatchesAny() {
        let open = AnswerRule(.bond, .unknown, "Advice.")
        #expect(!open.matches(Self.answer(.plaid)))
        #expect(open.matches(Self.answer()))
        #expect(open.matches(Refusal(api: .bond, status: 0)))
    }
}
