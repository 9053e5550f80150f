import Foundation
import Simulator
import Testing

@Suite("Secrets", .timeLimit(.minutes(5)))
struct SecretTests {
    @Test("no secret is in any output, report, log or file, at the highest verbosity and in the worst of moments")
    func canaries() async throws {
        let rules = [
            Scenario.Rule(.link, answers: ["bond-503-after", "normal", "bond-429", "bond-400-object"], then: .normal)
        ]
        try await withSimulator(SimulatorConfiguration(scenario: Scenario(rules: rules))) { address in
            let tool = Tool(try Scratch(), url: address.url)
            var sheet = Sheet(12)
            sheet.rows[3].token = Sheet.token(magic: "10310000")
            sheet.rows[4].token = Sheet.token(magic: "00002001")
            sheet.rows[5].account = sheet.rows[5].token
            let input = Scratch.self
            let inputs = try input.init()
            try inputs.write(sheet.csv, to: "in.csv")
            var texts: [String] = []
            let options = ["--plaid-rate", "unlimited", "--bond-rate", "unlimited", "--settle", "50ms", "-vvv"]
            for arguments in [
                ["run", inputs.path("in.csv")] + options, ["report"], ["report", "--format", "json"],
                ["report", "--format", "markdown"], ["status", "--json"], ["show", sheet.rows[0].customer],
                ["report", "--format", "html"], ["report", "--split", "."],
                ["report", "--compare", "last", "last", "--format", "json"],
                ["validate", inputs.path("in.csv"), "--invalid", tool.folder.path("bad.csv")],
                ["reconcile", "--all", "-vvv"],
            ] {
                let outcome = try await tool.start(arguments).end()
                texts += [outcome.output, outcome.errors]
            }
            for secret in secrets(of: sheet, address.world) {
                #expect(!texts.contains { $0.contains(secret) }, "\(secret.prefix(16))… is in an output")
                for (name, bytes) in try tool.folder.contents() {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret.prefix(16))… is in \(name)")
                }
            }
            #expect(address.world.counts.linksActive > 5)
        }
    }

    @Test("ledger, log, lock, reports and problem files are their owner's alone")
    func modes() async throws {
        try await withSimulator { address in
            let tool = Tool(try Scratch(), url: address.url)
            try tool.folder.write(Sheet(2).csv, to: "in.csv")
            _ = try await tool.run("run", "in.csv")
            _ = try await tool.run("report", "--output", "report.csv")
            _ = try await tool.run("validate", "in.csv", "--invalid", "bad.csv")
            _ = try await tool.run("ledger", "backup", "copy.sqlite")
            _ = try await tool.run("report", "--format", "html", "--output", "page.html")
            _ = try await tool.run("report", "--split", "parts")
            #expect(try tool.folder.mode("parts") == 0o700)
            for name in [
                "relink.sqlite", "relink.sqlite.lock", "report.csv", "bad.csv", "copy.sqlite", "page.html",
                "parts/retry.csv",
            ] {
                #expect(try tool.folder.mode(name) == 0o600, "\(name)")
            }
        }
    }

    private func secrets(of sheet: Sheet, _ world: World) -> [String] {
        let credentials = SimulatorConfiguration.Credentials.standard
        return sheet.rows.map(\.token) + world.links.compactMap(\.processorToken) + [
            credentials.plaidSecret, credentials.bondIdentity, credentials.bondAuthorization,
            SimulatorConfiguration.listedAccessToken, SimulatorConfiguration.listedAccountNumber,
        ]
    }
}
