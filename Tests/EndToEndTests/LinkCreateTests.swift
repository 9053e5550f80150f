import Foundation
import Simulator
import Testing

/// `relink link create` as an operator uses it.
@Suite("Link tokens in bulk", .timeLimit(.minutes(5)))
struct LinkCreateTests {
    private static let link = ["link", "create", "in.csv", "--client-name", "Acme", "--plaid-rate", "unlimited"]

    /// Runs `body` with a ledger of two linked rows and one whose user has to sign in again, and an input that has a
    /// customer without anything as well.
    private func withBench(_ body: @Sendable (Tool, World, Sheet) async throws -> Void) async throws {
        try await withSimulator(SimulatorConfiguration()) { address in
            let tool = Tool(try Scratch(), url: address.url)
            var sheet = Sheet(3)
            let answer = try #require(AnswerCatalogue.answers.first { $0.meaning.contains("ITEM_LOGIN_REQUIRED") })
            sheet.rows[1].token = Sheet.token(magic: "\(answer.number)0000")
            try tool.folder.write(sheet.csv, to: "rows.csv")
            let run = try await tool.run("run", "rows.csv", "--settle", "50ms")
            #expect(run.exitCode == 3, "\(run.errors)")
            try tool.folder.write(sheet.csv + "new,\(UUID().uuidString.lowercased()),,\n", to: "in.csv")
            try await body(tool, address.world, sheet)
        }
    }

    @Test("rows with a token are repaired, those without make a connection; again, nothing is asked of Plaid")
    func both() async throws {
        try await withBench { tool, world, sheet in
            let first = try await tool.start(Self.link + ["--output", "links.csv", "--json"]).end()
            #expect(first.exitCode == 0, "\(first.errors)")
            #expect((try first.json()["rows"] as? [String: Int])?["made"] == 4)
            let lines = try tool.folder.read("links.csv").split(separator: "\n").map(String.init)
            #expect(lines[0].hasPrefix("reference,customer_id,business_id,account_id,mode,link_token,"))
            #expect(lines.dropFirst().map { $0.contains("update_mode") } == [true, true, true, false])
            #expect(lines.dropFirst().allSatisfy { $0.contains("link-sandbox-") })
            #expect(try tool.folder.mode("links.csv") == 0o600)
            let calls = world.calls.count
            let again = try await tool.start(Self.link + ["--format", "jsonl", "--quiet"]).end()
            #expect(again.exitCode == 0, "\(again.errors)")
            #expect(world.calls.count == calls)
            #expect(again.output.split(separator: "\n").count == 4)
            // Nothing of it is a run, and nothing of it is readable in the ledger.
            #expect(try await tool.run("run", "rows.csv", "--settle", "50ms").exitCode == 3)
            #expect(try await tool.run("doctor", "--offline").exitCode == 0)
            let token = try #require(lines[1].split(separator: ",").first { $0.hasPrefix("link-sandbox-") })
            for (name, bytes) in try tool.folder.contents() where name.hasPrefix("relink.sqlite") {
                #expect(!String(decoding: bytes, as: UTF8.self).contains(token), "\(name)")
            }
            #expect(!sheet.rows.isEmpty)
        }
    }

    @Test("--from-ledger takes only rows in these states; --hosted writes the page's address")
    func fromLedger() async throws {
        try await withBench { tool, _, sheet in
            let outcome = try await tool.start(Self.link + ["--from-ledger", "needs_user", "--hosted"]).end()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.last?.contains(sheet.rows[1].customer) == true)
            #expect(lines.last?.contains("/hl/") == true)
            #expect(outcome.errors.contains("3 left out"), "\(outcome.errors)")
        }
    }

    @Test("what cannot be used is refused before any call")
    func refusals() async throws {
        try await withBench { tool, world, _ in
            let calls = world.calls.count
            let cases: [([String], Int32)] = [
                (["link", "create", "in.csv"], 78), (Self.link + ["--from-ledger", "lost"], 64),
                (Self.link + ["--hosted-lifetime", "1h"], 64), (Self.link + ["--json"], 64),
                (Self.link + ["--output", "in.csv"], 64), (Self.link + ["--output", "gone/x.csv"], 73),
                (Self.link + ["--hosted", "--hosted-lifetime", "22d"], 64),
                (["link", "create", "gone.csv", "--client-name", "Acme"], 66),
                (Self.link + ["--ledger", "gone.sqlite"], 66), (Self.link + ["--env", "production"], 78),
            ]
            for (arguments, code) in cases {
                let outcome = try await tool.start(arguments).end()
                #expect(outcome.exitCode == code, "\(arguments): \(outcome.errors)")
            }
            #expect(world.calls.count == calls)
            let short = try await tool.start(Self.link + ["--min-rows", "9", "--output", "links.csv"]).end()
            #expect(short.exitCode == 65)
            #expect(try tool.folder.read("links.csv").contains("link-sandbox-"))
        }
    }
}
