import Foundation
import Simulator
import Testing

/// `relink items check` as an operator uses it every night.
@Suite("Connections to banks", .timeLimit(.minutes(5)))
struct ItemsCheckTests {
    private static let check = ["items", "check", "rows.csv", "--item-rate", "unlimited"]

    /// Runs `body` with three linked rows and one whose user has to sign in again.
    private func withBench(_ body: @Sendable (Tool, World, Sheet) async throws -> Void) async throws {
        try await withSimulator(SimulatorConfiguration()) { address in
            let tool = Tool(try Scratch(), url: address.url)
            var sheet = Sheet(4)
            let answer = try #require(AnswerCatalogue.answers.first { $0.meaning.contains("ITEM_LOGIN_REQUIRED") })
            sheet.rows[1].token = Sheet.token(magic: "\(answer.number)0000")
            try tool.folder.write(sheet.csv, to: "rows.csv")
            let run = try await tool.run("run", "rows.csv", "--settle", "50ms")
            #expect(run.exitCode == 3, "\(run.errors)")
            try await body(tool, address.world, sheet)
        }
    }

    @Test("what was found stands in status and report; again, nothing is asked of Plaid, and a run posts nothing")
    func whole() async throws {
        try await withBench { tool, world, sheet in
            let first = try await tool.start(Self.check + ["--json"]).end()
            #expect(first.exitCode == 3, "\(first.errors)")
            let rows = try #require(try first.json()["rows"] as? [String: Int])
            #expect((rows["healthy"], rows["unhealthy"]) == (3, 1))
            #expect(try first.json()["next"] as? String != nil)
            let report = try await tool.run("report", "--unhealthy", "--health")
            let lines = report.output.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.last?.contains(sheet.rows[1].customer) == true)
            #expect(lines.last?.contains("First Platypus Bank,ITEM_LOGIN_REQUIRED") == true)
            #expect(try await tool.run("status").output.contains("connections"))
            let calls = world.calls.count
            let again = try await tool.start(Self.check + ["--quiet"]).end()
            #expect(again.exitCode == 3)
            #expect(try await tool.run("run", "rows.csv", "--settle", "50ms").exitCode == 3)
            #expect(world.calls.count == calls)
            #expect(try await tool.start(Self.check + ["--older-than", "0s", "--quiet"]).end().exitCode == 3)
            #expect(world.calls.dropFirst(calls).count { $0.path == "/item/get" } == 4)
            #expect(try await tool.run("doctor", "--offline").exitCode == 0)
        }
    }

    @Test("customers whose connection needs them are invited by that alone")
    func invited() async throws {
        try await withBench { tool, _, sheet in
            _ = try await tool.start(Self.check).end()
            let outcome = try await tool.start([
                "link", "create", "rows.csv", "--client-name", "Acme", "--from-ledger", "unhealthy",
            ]).end()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.last?.contains("\(sheet.rows[1].customer),,\(sheet.rows[1].account),update_mode") == true)
        }
    }

    @Test("what cannot be used is refused before any call")
    func refusals() async throws {
        try await withBench { tool, world, _ in
            let calls = world.calls.count
            let cases: [([String], Int32)] = [
                (Self.check + ["--older-than", "soon"], 64), (Self.check + ["--consent-within", "x"], 64),
                (["items", "check", "gone.csv"], 66), (Self.check + ["--ledger", "gone.sqlite"], 66),
                (Self.check + ["--env", "production"], 78), (["items", "check"], 64),
                (Self.check + ["--item-rate", "fast"], 64),
            ]
            for (arguments, code) in cases {
                let outcome = try await tool.start(arguments).end()
                #expect(outcome.exitCode == code, "\(arguments): \(outcome.errors)")
            }
            #expect(world.calls.count == calls)
            #expect(try await tool.start(Self.check + ["--min-rows", "9"]).end().exitCode == 65)
        }
    }
}
