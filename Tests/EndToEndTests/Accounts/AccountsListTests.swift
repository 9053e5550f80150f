import Foundation
import Simulator
import Testing

@Suite("relink accounts list", .timeLimit(.minutes(5)))
struct AccountsListTests {
    @Test(
        "ends with a code of its own for each way in which there is no list",
        arguments: [
            ("bond-401", 77, "BOND_IDENTITY"), ("bond-403", 77, "BOND_IDENTITY"), ("bond-503-before", 75, "503"),
            ("bond-429", 75, "429"), ("bond-reset-before", 75, "cannot be reached"), ("bond-html", 75, "502"),
            ("bond-truncated", 75, "reached"), ("bond-customer-dne", 1, "customer_dne"), ("bond-404", 1, "404"),
        ]
    )
    func failures(answer: String, code: Int32, part: String) async throws {
        let rules = [Scenario.Rule(.list, answers: [answer])]
        try await withSimulator(SimulatorConfiguration(scenario: Scenario(rules: rules))) { address in
            let outcome = try await Tool(try Scratch(), url: address.url).run("accounts", "list", UUID().uuidString)
            #expect(outcome.exitCode == code, "\(outcome.errors)")
            #expect(outcome.errors.contains(part), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
    }

    @Test("an empty list is a list, also where Bond says so with an error", arguments: [true, false])
    func empty(asError: Bool) async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.emptyListAsError = asError
        try await withSimulator(configuration) { address in
            let tool = Tool(try Scratch(), url: address.url)
            let outcome = try await tool.run("accounts", "list", UUID().uuidString)
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(outcome.output.contains(": 0 accounts"))
            #expect(!FileManager.default.fileExists(atPath: tool.folder.path("relink.sqlite")), "it makes no ledger")
        }
    }

    @Test("shows what Bond lists beside what the ledger knows, and none of Bond's secrets")
    func list() async throws {
        try await AccountsBench.with { bench in
            let stranger = try bench.world.plant(owner: bench.customer(), created: Date()).id
            let text = try await bench.run(["list", bench.customer(), "-vvv"])
            #expect(text.exitCode == 0, "\(text.errors)")
            let lines = text.output.split(separator: "\n")
            #expect(lines.count == 4)
            #expect(lines.contains { $0.hasPrefix(stranger) && $0.hasSuffix("no row has it") })
            #expect(text.output.contains("account \(bench.sheet.rows[0].account), linked"))
            let document = try await bench.run(["list", bench.customer(), "--json"])
            let accounts = try #require(document.json()["accounts"] as? [[String: Any]])
            #expect(Set(accounts.map { $0["account_id"] as? String }) == [bench.sheet.rows[0].account, nil])
            #expect(Set(accounts.map { $0["reference"] as? String }) == ["row-0", nil])
            for secret in [SimulatorConfiguration.listedAccessToken, SimulatorConfiguration.listedAccountNumber] {
                for text in [text.output, text.errors, document.output, document.errors] {
                    #expect(!text.contains(secret))
                }
            }
            #expect(bench.world.calls.last?.path.hasSuffix("/external_accounts") == true)
        }
    }
}
