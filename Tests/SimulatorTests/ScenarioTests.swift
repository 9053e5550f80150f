import FoundationEssentials
import Simulator
import Testing

@Suite struct ScenarioTests {
    private static let document = Data(
        """
        {"rules": [
          {"operation": "link", "match": {"account_id": "a"}, "answers": ["bond-503-after", "normal", "bond-identity"]},
          {"operation": "list", "match": {"customer_id": "\(Harness.customer)"}, "answers": ["bond-404"], "then": "repeat"}
        ]}
        """.utf8
    )

    @Test func givesItsAnswersInTurn() async throws {
        let configuration = SimulatorConfiguration(scenario: try Scenario(parsing: Self.document))
        try await Harness.run(configuration) { (harness: Harness) async throws in
            #expect(try await harness.link(account: "b").status == 201)
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await harness.link(account: "a").status) }
            #expect(statuses == [503, 201, 400, 201])
            #expect(harness.world.counts.linksCreated == 4)
            for _ in 0..<3 { #expect(try await harness.list().status == 404) }
            #expect(try await harness.list("0f0f0f0f-1111-4222-8333-444444444444").status == 200)
        }
    }

    @Test func matchesAnAccessTokenOnBothSides() async throws {
        let token = Harness.token(0, row: 7)
        let match = Scenario.Rule.Match(accessToken: token)
        let scenario = Scenario(rules: [
            .init(.mint, match: match, answers: ["plaid-item-locked"]),
            .init(.link, match: match, answers: ["bond-401"]),
        ])
        try await Harness.run(SimulatorConfiguration(scenario: scenario)) { (harness: Harness) async throws in
            let other = try await harness.link()
            #expect(other.status == 201)
            #expect(try await harness.mint(token)["error_code"] == "ITEM_LOCKED")
            #expect(try await harness.link(token).status == 401)
        }
    }

    @Test func refusesAnAnswerOfTheOtherApi() {
        let scenario = Scenario(rules: [.init(.link, answers: ["plaid-503"])])
        #expect(throws: SimulatorError.unknownAnswer("plaid-503", .link)) {
            try Simulator(configuration: SimulatorConfiguration(scenario: scenario))
        }
    }
}
