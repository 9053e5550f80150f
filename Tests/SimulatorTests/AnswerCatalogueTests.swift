import NIOCore
import NIOHTTP1
import Simulator
import TestSupport
import Testing

extension Answer: CustomTestStringConvertible {
    package var testDescription: String { "\(number) \(name)" }
}

@Suite struct AnswerCatalogueTests {
    private static let usualStatus: [API: Int] = [.plaid: 200, .bond: 201]

    private var configuration: SimulatorConfiguration {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.slowDelay = 0.001
        return configuration
    }

    @Test func numbersAndNamesAreUnique() {
        #expect(Set(AnswerCatalogue.answers.map(\.number)).count == AnswerCatalogue.answers.count)
        #expect(Set(AnswerCatalogue.answers.map(\.name)).count == AnswerCatalogue.answers.count)
        #expect(AnswerCatalogue.answers.count { (1001...1044).contains($0.number) } == 44)
    }

    /// Every meaning begins with the status it answers, or tells in its first words how the connection ends.
    @Test(arguments: AnswerCatalogue.answers)
    func answersWhatItSays(answer: Answer) async throws {
        try await Harness.run(configuration) { (harness: Harness) async throws in
            let hangs = answer.meaning.hasPrefix("Never")
            let timeout = hangs ? TimeAmount.seconds(3 * Int64(Patience.factor)) : .seconds(60)
            let first = try await outcome(of: answer, harness, timeout: timeout)
            let effects = answer.api == .plaid ? harness.world.counts.tokensMinted : harness.world.counts.linksCreated
            #expect(effects == (answer.hasEffect ? 1 : 0))
            #expect(first == expectedOutcome(of: answer))
            let second = try await outcome(of: answer, harness, timeout: .seconds(60))
            switch answer.recurrence {
            case .always: #expect(second == first)
            case .once: #expect(second == Self.usualStatus[answer.api])
            }
        }
    }

    /// The status; nil where no whole answer came.
    private func outcome(of answer: Answer, _ harness: Harness, timeout: TimeAmount) async throws -> Int? {
        if answer.api == .plaid {
            return try? await harness.mint(Harness.token(answer.number * 10_000), timeout: timeout).status
        }
        return try? await harness.link(Harness.token(answer.number), timeout: timeout).status
    }

    private func expectedOutcome(of answer: Answer) -> Int? {
        if answer.meaning.contains("cut off") { return nil }
        if answer.meaning.hasPrefix("The usual") { return Self.usualStatus[answer.api] }
        return Int(answer.meaning.prefix(3))
    }

    @Test func anUnknownNumberIsTheUsualAnswer() async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await harness.link(Harness.token(9999_9999)).status == 201)
        }
    }

    @Test func onceIsForEachTokenAndAccount() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = Harness.token(1113_0000)
            #expect(try await harness.mint(token, account: "a").status == 503)
            #expect(try await harness.mint(token, account: "b").status == 503)
            #expect(try await harness.mint(token, account: "a").status == 200)
            #expect(try await harness.mint(Harness.token(1113_0000, row: 2), account: "a").status == 503)
        }
    }

    @Test func theIdentityFailureIsExact() async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(
                try await harness.link(Harness.token(2001)).json == [
                    "Message": "Failed to exchange token due to identity failure, accounts were not linked.",
                    "Status": 400, "Code": "account_post_schema", "Type": "Request Error",
                ]
            )
        }
    }

    @Test func oddSuccessesAreOddInTheRightPlace() async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await harness.mint(Harness.token(1143_0000)).text.isEmpty)
            #expect(try await harness.mint(Harness.token(1145_0000)).json?.members?.keys.sorted() == ["request_id"])
            #expect(try await harness.link(Harness.token(2064))["linked_account_id"] == nil)
            #expect(try await harness.link(Harness.token(2065))["customer_id"] != .string(Harness.customer))
            #expect(try await harness.link(Harness.token(2067))["Status"] == 500)
            #expect(try await harness.link(Harness.token(2068))["status"] == .null)
            #expect(try await harness.link(Harness.token(2072)).text.utf8.count > 2 << 20)
            #expect(try await harness.link(Harness.token(2032)).headers["retry-after"] == ["1"])
            #expect(try await harness.link(Harness.token(2026)).headers["location"] == ["http://redirected.invalid/"])
        }
    }

    @Test(arguments: [2070, 2071])
    func aHiddenLinkIsThereButNotListed(number: Int) async throws {
        try await Harness.run { (harness: Harness) async throws in
            _ = try await harness.link(Harness.token(number))
            #expect(harness.world.counts.linksActive == 1)
            #expect(try await harness.list().json == [])
        }
    }
}
