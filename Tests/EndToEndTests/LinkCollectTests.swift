import Foundation
import Simulator
import Testing

/// `relink link collect` as an operator uses it, with customers who use Plaid's own page.
@Suite("Hosted Link", .timeLimit(.minutes(5)))
struct LinkCollectTests {
    private static let create = [
        "link", "create", "in.csv", "--client-name", "Acme", "--hosted", "--plaid-rate", "unlimited", "--output",
        "links.csv",
    ]
    private static let collect = ["link", "collect", "in.csv", "--settle", "50ms", "--plaid-rate", "unlimited"]

    /// What a test has: the tool, the simulator's world, the input, and the link tokens by line, from 0.
    private struct Bench: Sendable {
        let tool: Tool
        let world: World
        let sheet: Sheet
        let newcomer: String
        let tokens: [String]

        func collect(_ more: String...) async throws -> Tool.Outcome {
            try await tool.start(LinkCollectTests.collect + more).end()
        }

        func sessions(_ outcome: Tool.Outcome) throws -> [String: Int] {
            let all = try #require(try outcome.json()["sessions"] as? [String: Int])
            return all.filter { $0.value > 0 }
        }
    }

    /// Runs `body` with a linked row, one whose user has to sign in again, and a customer who has nothing yet, all invited.
    private func withBench(_ body: @Sendable (Bench) async throws -> Void) async throws {
        try await withSimulator(SimulatorConfiguration()) { address in
            let tool = Tool(try Scratch(), url: address.url)
            var sheet = Sheet(2)
            let answer = try #require(AnswerCatalogue.answers.first { $0.meaning.contains("ITEM_LOGIN_REQUIRED") })
            sheet.rows[1].token = Sheet.token(magic: "\(answer.number)0000")
            try tool.folder.write(sheet.csv, to: "rows.csv")
            #expect(try await tool.run("run", "rows.csv", "--settle", "50ms").exitCode == 3)
            let newcomer = UUID().uuidString.lowercased()
            try tool.folder.write(sheet.csv + "new,\(newcomer),,\n", to: "in.csv")
            let create = try await tool.start(Self.create).end()
            #expect(create.exitCode == 0, "\(create.errors)")
            let tokens = try tool.folder.read("links.csv").split(separator: "\n").dropFirst().compactMap { line in
                line.split(separator: ",", omittingEmptySubsequences: false).first { $0.hasPrefix("link-sandbox-") }
            }
            let world = address.world
            try await body(
                Bench(tool: tool, world: world, sheet: sheet, newcomer: newcomer, tokens: tokens.map(String.init))
            )
        }
    }

    @Test("before anybody was there, nothing is linked, and that is no failure")
    func waiting() async throws {
        try await withBench { bench in
            let outcome = try await bench.collect("--json")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(try bench.sessions(outcome) == ["waiting": 3])
            #expect(bench.world.links.count == 1)
            #expect(try await bench.collect("--min-rows", "4").exitCode == 65)
            #expect(try await bench.collect("--min-rows", "3").exitCode == 0)
        }
    }

    @Test("a new connection is exchanged, every account chosen is linked, and a second time nothing is asked")
    func newConnection() async throws {
        try await withBench { bench in
            let session = try bench.world.finishSession(of: bench.tokens[2])
            let outcome = try await bench.collect("--json")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(try bench.sessions(outcome) == ["succeeded": 1, "waiting": 2])
            let links = bench.world.links.filter { $0.owner == bench.newcomer }
            guard case .success(_, let accounts) = session.outcome else { return #expect(Bool(false)) }
            #expect(Set(links.map(\.accountID)) == Set(accounts.map(\.id)))
            let calls = bench.world.calls.count
            let again = try await bench.collect("--json")
            #expect(again.exitCode == 0, "\(again.errors)")
            #expect(try bench.sessions(again) == ["collected": 1, "waiting": 2])
            #expect(bench.world.calls.dropFirst(calls).allSatisfy { $0.path == "/link/token/get" })
            #expect(bench.world.links.count == 1 + accounts.count)
            // How the new connection is, is looked at with the token that only the ledger has.
            let check = try await bench.tool.run("items", "check", "rows.csv", "--json", "--item-rate", "unlimited")
            #expect((try check.json()["rows"] as? [String: Int])?["healthy"] == 2, "\(check.output)")
            // Who has been there is not invited again; the token is here and can be had.
            let create = try await bench.tool.start(Self.create + ["--json"]).end()
            #expect((try create.json()["rows"] as? [String: Int])?["left_out"] == 1)
            #expect(try await bench.tool.run("tokens", "export", "--output", "t.csv").exitCode == 0)
            #expect(try bench.tool.folder.read("t.csv").contains(bench.newcomer))
        }
    }

    @Test("a repaired connection is believed when Plaid says so; a linked row is not posted again")
    func repaired() async throws {
        try await withBench { bench in
            try bench.world.finishSession(of: bench.tokens[0])
            try bench.world.finishSession(of: bench.tokens[1])
            let outcome = try await bench.collect("--json")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(try bench.sessions(outcome) == ["succeeded": 2, "waiting": 1])
            #expect(bench.world.links.count == 2)
            let rows = try #require(try outcome.json()["rows"] as? [String: Int])
            #expect((rows["attempted"], rows["skipped"]) == (1, 1))
            #expect(bench.world.calls.allSatisfy { $0.path != "/item/public_token/exchange" })
        }
    }

    @Test("who was through Link and whose connection does not work all the same is asked again")
    func notRepaired() async throws {
        try await withBench { bench in
            try bench.world.finishSession(of: bench.tokens[1])
            try bench.world.breakItem(bench.sheet.rows[1].token, with: "ITEM_LOGIN_REQUIRED")
            let outcome = try await bench.collect("--json")
            #expect(try bench.sessions(outcome) == ["not_repaired": 1, "waiting": 2])
            #expect(bench.world.links.count == 1)
            try bench.world.finishSession(of: bench.tokens[2], as: .error("ITEM_LOGIN_REQUIRED"))
            let left = try await bench.collect("--json")
            #expect(try bench.sessions(left) == ["not_repaired": 1, "exited": 1, "waiting": 1])
        }
    }

    @Test(
        "killed while it collects, it loses nothing that it ever had, and links nothing twice",
        arguments: ["write", "written"],
        [4, 8, 10, 12, 14, 16, 18, 20, 24, 30]
    )
    func killed(point: String, number: Int) async throws {
        try await withBench { bench in
            try bench.world.finishSession(of: bench.tokens[2])
            _ = try await bench.tool.faulty("kill:\(point)/wal:\(number)").start(Self.collect).end()
            let outcome = try await bench.collect("--json")
            let links = bench.world.links.filter { $0.owner == bench.newcomer }
            #expect(Set(links.map(\.accountID)).count == links.count, "an account was linked twice")
            if links.count < 2 {
                #expect(outcome.exitCode == 3, "\(outcome.output) \(outcome.errors)")
                #expect(try await bench.tool.run("report").output.contains("access_token_lost"))
                // The customer is invited anew.
                let create = try await bench.tool.start(Self.create + ["--json"]).end()
                #expect((try create.json()["rows"] as? [String: Int])?["made"] == 1)
            } else {
                #expect(outcome.exitCode == 0, "\(outcome.output) \(outcome.errors)")
            }
        }
    }
}
