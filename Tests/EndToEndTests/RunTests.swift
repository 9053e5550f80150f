import Foundation
import Simulator
import Testing

import enum Simulator.Operation

@Suite("relink run", .timeLimit(.minutes(5)))
struct RunTests {
    private static let fast = ["--plaid-rate", "unlimited", "--bond-rate", "unlimited", "--settle", "100ms", "--json"]

    @Test("a run links every row once, and its summary adds up")
    func links() async throws {
        try await withTool { tool, world in
            let sheet = Sheet(40, customers: 15)
            try tool.folder.write(sheet.csv, to: "in.csv")
            let outcome = try await tool.start(["run", "in.csv", "--metrics-file", "relink.prom"] + Self.fast).end()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(try tool.folder.read("relink.prom").contains("relink_rows{state=\"linked\"} 40\n"))
            let summary = try outcome.json()
            #expect(summary["outcome"] as? String == "done")
            #expect(summary["next"] is NSNull)
            #expect(
                summary["rows"] as? [String: Int] == [
                    "read": 40, "valid": 40, "invalid": 0, "duplicate": 0, "skipped": 0, "attempted": 40,
                    "unreached": 0,
                ]
            )
            #expect((summary["states"] as? [String: Int])?["linked"] == 40)
            #expect(world.counts.linksActive == 40)
            #expect(world.counts.doubleLinks == 0)
            try await expectAgreement(tool, world)
        }
    }

    @Test("a second run sends nothing, however the input is written, ordered or its tokens rotated")
    func rerun() async throws {
        try await withTool { tool, world in
            var sheet = Sheet(30)
            try tool.folder.write(sheet.csv, to: "in.csv")
            #expect(try await tool.start(["run", "in.csv"] + Self.fast).end().exitCode == 0)
            let before = world.calls.count
            sheet.rows.shuffle()
            try tool.folder.write(sheet.jsonl, to: "in.jsonl")
            for index in sheet.rows.indices { sheet.rows[index].token = Sheet.token() }
            try tool.folder.write(sheet.csv, to: "rotated.csv")
            for input in ["in.csv", "in.jsonl", "rotated.csv"] {
                let outcome = try await tool.start(["run", input] + Self.fast).end()
                #expect(outcome.exitCode == 0)
                #expect((try outcome.json()["rows"] as? [String: Int])?["skipped"] == 30)
            }
            #expect(world.calls.count == before)
        }
    }

    @Test("standard input is read as JSONL or CSV by its first byte")
    func standardInput() async throws {
        try await withTool { tool, world in
            let sheet = Sheet(4)
            let outcome = try await tool.start(["run", "-"] + Self.fast, input: sheet.jsonl).end()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(world.counts.linksActive == 4)
        }
    }

    @Test(
        "a set-up that is refused stops the run within a few calls, and the rows go on afterwards",
        arguments: [
            ("plaid-invalid-api-keys", Operation.mint, "PLAID_CLIENT_ID"),
            ("plaid-invalid-product", .mint, "dashboard.plaid.com"),
            ("bond-integration", .link, "dashboard.plaid.com"),
            ("bond-401", .link, "BOND_AUTHORIZATION"),
            ("bond-redirect", .link, "--bond-url"),
        ]
    )
    func refused(answer: String, operation: Operation, advice: String) async throws {
        let rules = [Scenario.Rule(operation, answers: [answer], then: .repeat)]
        try await withTool(SimulatorConfiguration(scenario: Scenario(rules: rules))) { tool, world in
            let sheet = Sheet(50)
            try tool.folder.write(sheet.csv, to: "in.csv")
            let outcome = try await tool.start(["run", "in.csv"] + Self.fast).end()
            #expect(outcome.exitCode == 77)
            #expect(outcome.errors.contains(advice), "\(outcome.errors)")
            #expect(world.calls.count { $0.operation == operation } <= 4)
            let states = try #require(try outcome.json()["states"] as? [String: Int])
            #expect(states["rejected"] == 0)
            #expect(states["posting"] == 0)
        }
    }

    @Test("one ledger has one writer: the second run ends at once with 75 and names the first")
    func twoRuns() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.plaidLatency = 0.3...0.3
        try await withTool(configuration) { tool, world in
            try tool.folder.write(Sheet(12).csv, to: "in.csv")
            let first = try tool.start(["run", "in.csv"] + Self.fast)
            try await eventually { !world.calls.isEmpty }
            let second = try await tool.start(["run", "in.csv"] + Self.fast).end()
            #expect(second.exitCode == 75)
            #expect(try second.json()["outcome"] as? String == "locked")
            #expect(second.errors.contains("in use by relink, process"))
            // Reading goes on meanwhile.
            #expect(try await tool.run("status").output.contains("a run is going on"))
            #expect(try await tool.run("report").exitCode == 0)
            #expect(try await first.end().exitCode == 0)
        }
    }

    @Test("an interruption keeps everything, and the next run goes on")
    func interruption() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.bondLatency = 0.1...0.1
        try await withTool(configuration) { tool, world in
            try tool.folder.write(Sheet(60, customers: 20).csv, to: "in.csv")
            let running = try tool.start(["run", "in.csv"] + Self.fast)
            try await eventually { world.counts.linksCreated >= 3 }
            running.send(SIGINT)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 130)
            #expect(try outcome.json()["outcome"] as? String == "interrupted")
            #expect(outcome.errors.contains("calls in flight finish first"))
            try await expectAgreement(tool, world)
            #expect(try await tool.start(["run", "in.csv"] + Self.fast).end().exitCode == 0)
            #expect(world.counts.doubleLinks == 0)
            #expect(world.counts.linksActive == 60)
        }
    }

    @Test("a link that Bond does not list stays in doubt until somebody takes the list's word")
    func unlisted() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.listsLinks = false
        try await withTool(configuration) { tool, world in
            var sheet = Sheet(3)
            for index in sheet.rows.indices { sheet.rows[index].token = Sheet.token(magic: "00002043") }
            try tool.folder.write(sheet.csv, to: "in.csv")
            let outcome = try await tool.start(["run", "in.csv"] + Self.fast).end()
            #expect(outcome.exitCode == 3)
            #expect((try outcome.json()["states"] as? [String: Int])?["in_doubt"] == 3)
            let next = try #require(try outcome.json()["next"] as? String)
            #expect(next.hasPrefix("relink reconcile --trust-list"))
            let words = next.split(separator: " ").dropFirst().map(String.init)
            #expect(try await tool.start(words).end().exitCode == 0)
            #expect(try await tool.start(["run", "in.csv"] + Self.fast).end().exitCode == 0)
            #expect(world.counts.linksActive == 3)
        }
    }

    @Test(
        "an API that cannot be reached ends the run with 75 and its address, and costs no row anything",
        arguments: [(3, []), (60, []), (3, ["--limit", "1"])] as [(Int, [String])]
    )
    func unreachable(rows: Int, options: [String]) async throws {
        try await withTool { tool, world in
            try tool.folder.write(Sheet(rows).csv, to: "in.csv")
            var offline = tool
            // Nobody listens at the discard port.
            offline.environment["BOND_BASE_URL"] = "http://127.0.0.1:9"
            let outcome = try await offline.start(["run", "in.csv"] + Self.fast + options).end()
            #expect(outcome.exitCode == 75)
            #expect(outcome.errors.contains("Bond cannot be reached: no connection to 127.0.0.1:9"))
            let states = try #require(try outcome.json()["states"] as? [String: Int])
            #expect(states["in_doubt"] == 0)
            #expect(states["rejected"] == 0)
            let minted = world.counts.tokensMinted
            #expect(minted <= 60)
            #expect(try await tool.start(["run", "in.csv"] + Self.fast).end().exitCode == 0)
            #expect(world.counts.linksActive == rows)
            // The tokens that were made before are used.
            #expect(world.counts.tokensMinted == rows)
        }
    }

    @Test("an input with fewer rows than there must be: 65 and the alarm, with what was done kept")
    func tooFewRows() async throws {
        try await withTool { tool, world in
            try tool.folder.write("customer_id,account_id,access_token\n", to: "empty.csv")
            try tool.folder.write(Sheet(3).csv, to: "in.csv")
            let quiet = try await tool.start(["run", "empty.csv"] + Self.fast).end()
            #expect(quiet.exitCode == 0)
            #expect(quiet.errors.contains("has no rows"), "\(quiet.errors)")
            let alarm = ["--min-rows", "4", "--on-success", "touch good", "--on-failure", "touch bad"]
            let short = try await tool.start(["run", "in.csv"] + Self.fast + alarm).end()
            #expect(short.exitCode == 65)
            #expect(try short.json()["outcome"] as? String == "unusable_input")
            #expect(short.errors.contains("fewer than --min-rows 4"), "\(short.errors)")
            #expect(world.counts.linksActive == 3)
            #expect(try tool.folder.contents().keys.contains("bad"))
            #expect(try !tool.folder.contents().keys.contains("good"))
            for command in [["validate"], ["plan"]] {
                #expect(try await tool.start(command + ["in.csv", "--min-rows", "4"]).end().exitCode == 65)
            }
            #expect(try await tool.start(["run", "in.csv", "--min-rows", "3"] + Self.fast).end().exitCode == 0)
        }
    }

    @Test("what cannot be read on: 65, and what was done before is summed up")
    func unreadable() async throws {
        try await withTool { tool, world in
            try tool.folder.write(Sheet(2).csv, to: "good.csv")
            let outcome = try await tool.start(["run", "good.csv", "-"] + Self.fast, input: "a,b\n1,2\n").end()
            #expect(outcome.exitCode == 65)
            #expect(try outcome.json()["outcome"] as? String == "unusable_input")
            #expect(world.counts.linksActive == 2)
            #expect(try await tool.start(["run", "good.csv"] + Self.fast).end().exitCode == 0)
        }
    }

    @Test("the next command is without what was for the first time, and without the address of the alarm")
    func nextCommand() async throws {
        try await withTool { tool, _ in
            try tool.folder.write(Sheet(3).csv, to: "in.csv")
            #expect(try await tool.run("plan", "in.csv", "--output", "plan.json").exitCode == 2)
            let once = ["--new-ledger", "--plan", "plan.json", "--heartbeat", "http://127.0.0.1:9/canary", "--limit=1"]
            let outcome = try await tool.start(["run", "in.csv"] + Self.fast + once).end()
            #expect(outcome.exitCode == 4, "\(outcome.errors)")
            let next = try #require(try outcome.json()["next"] as? String)
            #expect(next == (["relink", "run", "in.csv"] + Self.fast + ["--limit=1"]).joined(separator: " "))
            let commands = try LedgerProbe(tool.folder).strings("SELECT command FROM runs")
            #expect(!commands.joined().contains("canary"))
            let words = next.split(separator: " ").dropFirst().map(String.init)
            #expect(try await tool.start(words).end().exitCode == 4)
        }
    }

    @Test("--limit attempts so many rows, and says that there is work left")
    func limit() async throws {
        try await withTool { tool, world in
            try tool.folder.write(Sheet(10).csv, to: "in.csv")
            let outcome = try await tool.start(["run", "in.csv", "--limit", "4"] + Self.fast).end()
            #expect(outcome.exitCode == 4)
            #expect(world.counts.linksActive == 4)
            let rows = try #require(try outcome.json()["rows"] as? [String: Int])
            #expect(rows["attempted"] == 4)
            #expect(rows["unreached"] == 6)
        }
    }

    /// Every linked row's id is an active link at the simulator, and the other way round.
    private func expectAgreement(_ tool: Tool, _ world: World) async throws {
        let report = try await tool.run("report", "--format", "jsonl", "--state", "linked").output
        let ledger = report.split(separator: "\n").compactMap { line in
            (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["linked_account_id"]
                as? String
        }
        let active = world.links.filter(\.isActive).map { $0.id.lowercased() }
        #expect(Set(ledger.map { $0.lowercased() }) == Set(active))
        #expect(ledger.count == active.count)
    }

    private func withTool(
        _ configuration: SimulatorConfiguration = unlimited(),
        _ body: @Sendable (Tool, World) async throws -> Void
    ) async throws {
        var configuration = configuration
        configuration.behaviour.plaidLimit = nil
        configuration.behaviour.bondLimit = nil
        try await withSimulator(configuration) { address in
            try await body(Tool(try Scratch(), url: address.url), address.world)
        }
    }

    private static func unlimited() -> SimulatorConfiguration { SimulatorConfiguration() }
}
