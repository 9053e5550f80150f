import Foundation
import Simulator
import Testing

/// Answers of Bond's that are not what they should be, after the link was made.
@Suite("An odd answer", .timeLimit(.minutes(5)))
struct OddAnswerTests {
    @Test(
        "one that names no link of the right customer is no answer: the row is found by listing, not posted again",
        arguments: ["bond-no-id", "bond-other-customer", "bond-empty", "bond-truncated", "bond-large", "bond-body-500"]
    )
    func unusable(answer: String) async throws {
        try await withAnswer(answer) { day in
            let outcome = try await day.run()
            #expect(outcome.exitCode == 0, "\(outcome.output) \(outcome.errors)")
            #expect(try outcome.json()["recovered"] as? Int == 1)
            #expect(day.posts.count == 4)
            try await day.expectGoodDay("\(answer)")
        }
    }

    @Test("200 in place of 201, with all it must carry, is a link", arguments: ["bond-200", "bond-null-status"])
    func odd(answer: String) async throws {
        try await withAnswer(answer) { day in
            let outcome = try await day.run()
            #expect(outcome.exitCode == 0, "\(outcome.output) \(outcome.errors)")
            #expect(try outcome.json()["recovered"] as? Int == 0)
            try await day.expectGoodDay("\(answer)")
        }
    }

    @Test("one id for every row: the first row owns it, the others are in doubt, and a person is asked")
    func sameID() async throws {
        try await BadDay.with(3) { day in
            try await BadServer.with(.sameLink("11111111-2222-4333-8444-555555555555")) { server in
                var tool = day.tool
                tool.environment["BOND_BASE_URL"] = "http://127.0.0.1:\(server.port)"
                let outcome = try await tool.start(["run", "in.csv"] + BadDay.options).end()
                #expect(outcome.exitCode == 3, "\(outcome.output) \(outcome.errors)")
                #expect(outcome.states("linked") == 2)
                #expect(outcome.states("in_doubt") == 2)
                let report = try await tool.run("report", "--state", "in_doubt").output
                #expect(report.contains("link_owned_by_other_row") || report.contains("review"), "\(report)")
                #expect(server.sent.value == 3, "three POSTs, and no second one")
                #expect(try await tool.run("doctor", "--offline").exitCode == 0)
            }
        }
    }

    private func withAnswer(_ answer: String, _ body: @Sendable (BadDay) async throws -> Void) async throws {
        // The first POST is that of the row that proves listing.
        let rule = Scenario.Rule(.link, answers: ["normal", "normal", answer], then: .normal)
        try await BadDay.with(3, SimulatorConfiguration(scenario: Scenario(rules: [rule])), body)
    }
}
