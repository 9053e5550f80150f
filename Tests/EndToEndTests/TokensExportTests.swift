import Foundation
import Simulator
import Testing

/// Public tokens in the input, and `relink tokens export`.
@Suite("Exchanged tokens", .timeLimit(.minutes(5)))
struct TokensExportTests {
    /// Runs `body` with two rows that came from Link and are linked.
    private func withBench(_ body: @Sendable (Tool, World, Sheet) async throws -> Void) async throws {
        try await withSimulator(SimulatorConfiguration()) { address in
            let tool = Tool(try Scratch(), url: address.url)
            let sheet = Sheet(2)
            let rows = try sheet.rows.map {
                "\($0.reference),\($0.customer),\($0.account),\(try address.world.makePublicToken())\n"
            }
            try tool.folder.write("reference,customer_id,account_id,public_token\n" + rows.joined(), to: "link.csv")
            let run = try await tool.run("run", "link.csv", "--settle", "50ms")
            #expect(run.exitCode == 0, "\(run.errors)")
            try await body(tool, address.world, sheet)
        }
    }

    @Test("what is exported is the next run's input, once; nobody reads it in the ledger")
    func file() async throws {
        try await withBench { tool, world, sheet in
            #expect(try await tool.run("status").output.contains("2 access tokens that only this ledger has"))
            let outcome = try await tool.run("tokens", "export", "--output", "tokens.csv")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let text = try tool.folder.read("tokens.csv")
            let lines = text.split(separator: "\n").map(String.init)
            #expect(lines[0] == "reference,customer_id,business_id,account_id,access_token,item_id,received_at")
            #expect(lines.count == 3)
            #expect(try tool.folder.mode("tokens.csv") == 0o600)
            for line in lines.dropFirst() {
                let token = try #require(line.split(separator: ",").first { $0.hasPrefix("access-sandbox-") })
                for (name, bytes) in try tool.folder.contents() where name.hasPrefix("relink.sqlite") {
                    #expect(!String(decoding: bytes, as: UTF8.self).contains(token), "\(name)")
                }
            }
            let calls = world.calls.count
            let run = try await tool.run("run", "tokens.csv", "--settle", "50ms")
            #expect(run.exitCode == 0, "\(run.errors)")
            #expect(world.calls.count == calls)
            #expect(!(try await tool.run("status").output.contains("only this ledger has")))
            let again = try await tool.run("tokens", "export", "--output", "again.csv")
            #expect(again.exitCode == 0)
            #expect(again.errors.contains("no access tokens"))
            #expect(!FileManager.default.fileExists(atPath: tool.folder.path("again.csv")))
            let all = try await tool.run("tokens", "export", "--all", "--format", "jsonl", "--output", "all.jsonl")
            #expect(all.exitCode == 0)
            #expect(try tool.folder.read("all.jsonl").split(separator: "\n").count == 2)
            #expect(!sheet.rows.isEmpty)
        }
    }

    @Test("a command reads them; if it fails, they count as not given out; --forget wipes them")
    func command() async throws {
        try await withBench { tool, _, _ in
            let failed = try await tool.run("tokens", "export", "--command", "exit 3", "--forget")
            #expect(failed.exitCode == 74, "\(failed.errors)")
            let given = try await tool.run("tokens", "export", "--command", "cat > got.csv", "--forget")
            #expect(given.exitCode == 0, "\(given.errors)")
            #expect(!given.output.contains("access-sandbox-") && !given.errors.contains("access-sandbox-"))
            #expect(try tool.folder.read("got.csv").split(separator: "\n").count == 3)
            let gone = try await tool.run("tokens", "export", "--all", "--output", "all.csv")
            #expect(gone.errors.contains("no access tokens"))
            #expect(try await tool.run("doctor", "--offline").exitCode == 0)
        }
    }

    @Test("what cannot be used is refused, and nothing counts as given out")
    func refusals() async throws {
        try await withBench { tool, _, _ in
            let cases: [([String], Int32)] = [
                (["tokens", "export"], 64), (["tokens", "export", "--output", "a", "--command", "b"], 64),
                (["tokens", "export", "--output", "link.csv"], 64), (["tokens", "export", "--output", "gone/a"], 73),
                (["tokens", "export", "--output", "relink.sqlite"], 64),
                (["tokens", "export", "--output", "a", "--ledger", "gone.sqlite"], 66),
            ]
            for (arguments, code) in cases {
                let outcome = try await tool.start(arguments).end()
                #expect(outcome.exitCode == code, "\(arguments): \(outcome.errors)")
            }
            var stranger = tool
            stranger.environment["RELINK_LEDGER_KEY"] = "another"
            let sealed = try await stranger.run("tokens", "export", "--output", "a.csv")
            #expect(sealed.exitCode == 78, "\(sealed.errors)")
            #expect(sealed.errors.contains("RELINK_LEDGER_KEY"))
            #expect(try await tool.run("tokens", "export", "--output", "a.csv").exitCode == 0)
            #expect(try tool.folder.read("a.csv").split(separator: "\n").count == 3)
        }
    }
}
