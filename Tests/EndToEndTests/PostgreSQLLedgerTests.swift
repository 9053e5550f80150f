import Foundation
import Simulator
import TestSupport
import Testing

/// The built program with its ledger on a PostgreSQL server.
@Suite(
    "A ledger on PostgreSQL",
    .timeLimit(.minutes(5)),
    .enabled(if: PostgreSQLServer.shared != nil && PostgreSQLServer.spare != nil, "postgresql is to be installed")
)
struct PostgreSQLLedgerTests {
    private static let password = "geheim-4711"
    private static let options = [
        "--plaid-rate", "unlimited", "--bond-rate", "50/s", "--settle", "100ms", "--timeout", "3s", "--json",
    ]

    @Test("a run that is killed goes on, nothing is linked twice, and a copy there and back reports the same")
    func killedAndCopied() async throws {
        try await withBench { bench in
            let first = try bench.start()
            try await eventually { bench.posts >= 4 }
            first.send(SIGKILL)
            _ = try await first.end()
            try await bench.expectGoodDay()
            let report = try await bench.report(bench.url)
            let status = try await bench.tool.run("status", "--json")
            #expect(status.exitCode == 0)
            #expect(try status.json()["ledger"] as? String == bench.name)
            #expect(try await bench.tool.run("doctor", "--offline").exitCode == 0)
            #expect(try await bench.tool.run("plan", "in.csv").exitCode == 0)
            #expect(try await bench.tool.run("show", bench.sheet.rows[2].customer).output.contains("post"))
            let back = try #require(PostgreSQLServer.shared).makeSchema()
            for (from, to) in [(bench.url, "copy.sqlite"), ("copy.sqlite", back)] {
                #expect(try await bench.tool.run("ledger", "copy", from, to).exitCode == 0)
                #expect(try await bench.report(to) == report, "\(to)")
            }
            #expect(try await bench.tool.run("ledger", "copy", "copy.sqlite", back).exitCode == 73)
            try bench.expectNoPassword()
        }
    }

    @Test("a second run helps; who wants the ledger alone ends with 75 and hears who has it; an order finds the run")
    func second() async throws {
        try await withBench { bench in
            let first = try bench.start()
            try await eventually { bench.posts >= 2 }
            let alone = try await bench.tool.run("reconcile")
            #expect(alone.exitCode == 75)
            #expect(alone.errors.contains("is in use by relink, process \(first.number) on "), "\(alone.errors)")
            let order = try await bench.tool.run("control", "status")
            #expect(order.exitCode == 0, "\(order.errors)")
            #expect(try await bench.tool.run("status").output.contains("a run is going on"))
            let second = try await bench.start().end()
            #expect(second.exitCode == 0, "\(second.errors)")
            #expect(second.errors.contains("another worker of this ledger on this machine"), "\(second.errors)")
            try await bench.expectGoodEnd(of: first)
            let states = try second.json()["states"] as? [String: Int]
            #expect(states?["linked"] == bench.sheet.rows.count)
        }
    }

    @Test("a run whose connection is cut again and again goes on, and every account is linked once")
    func cut() async throws {
        try await withBench { bench in
            let run = try bench.start()
            for posts in 1...6 {
                try await eventually { bench.posts >= 2 * posts }
                try #require(PostgreSQLServer.shared).psql(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
                        AND objid = (hashtext('\(bench.schema)')::bigint & 4294967295)
                    """
                )
            }
            try await bench.expectGoodEnd(of: run)
        }
    }

    @Test("a run whose server is killed waits for it, goes on, and links every account once")
    func serverKilled() async throws {
        let server = try #require(PostgreSQLServer.spare)
        try await withBench(on: server, rows: 100) { bench in
            let run = try bench.start(concurrency: 4)
            for posts in 1...3 {
                try await eventually { bench.posts >= 20 * posts }
                try server.kill()
            }
            try await eventually { bench.posts >= 80 }
            let told = run.errors.count
            try await server.kill {
                // Nobody takes it for a run that hangs.
                try await eventually { run.errors.dropFirst(told).contains("nothing more is sent for now") }
            }
            let errors = try await bench.expectGoodEnd(of: run)
            #expect(errors.dropFirst(told).contains("is back, after"))
        }
    }

    @Test("what only a file can do says what to do instead")
    func filesOnly() async throws {
        try await withBench { bench in
            let outcome = try await bench.tool.run("ledger", "backup", "copy.sqlite")
            #expect(outcome.exitCode == 64)
            #expect(outcome.errors.contains("pg_dump"))
            #expect(try await bench.tool.run("ledger", "restore", "copy.sqlite").exitCode == 64)
            #expect(try await bench.tool.run("ledger", "prune", "--older-than", "1d").exitCode == 0)
            try bench.expectNoPassword()
        }
    }

    /// A tool whose ledger is a schema of its own, with one row that proves Bond's list.
    private struct Bench: Sendable {
        let server: PostgreSQLServer
        let tool: Tool
        let world: World
        let sheet: Sheet
        let url: String

        /// What the ledger is called.
        var name: String { url.replacingOccurrences(of: ":" + password, with: "") }
        var schema: String { "ledger" + (url.components(separatedBy: "ledger").last ?? "") }
        var posts: Int { world.calls.count { $0.operation == .link } }

        func start(concurrency: Int = 1) throws -> Running {
            try tool.start(["run", "in.csv", "--concurrency", "\(concurrency)"] + options)
        }

        func report(_ ledger: String) async throws -> String {
            let outcome = try await tool.run("report", "--format", "csv", "--ledger", ledger)
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            return outcome.output
        }

        /// Expects that the same command ends with every row linked once.
        func expectGoodDay() async throws {
            var outcome = try await start().end()
            for _ in 0..<4 where outcome.exitCode != 0 { outcome = try await start().end() }
            #expect(outcome.exitCode == 0, "\(outcome.output) \(outcome.errors)")
            #expect(world.counts.doubleLinks == 0)
            #expect(world.counts.linksActive == sheet.rows.count)
        }

        /// Expects that a run links every row that is left, once, without another run.
        @discardableResult func expectGoodEnd(of run: Running) async throws -> String {
            let outcome = try await run.end()
            #expect(outcome.exitCode == 0, "\(outcome.output) \(outcome.errors)")
            #expect(world.counts.doubleLinks == 0)
            #expect(world.counts.linksActive == sheet.rows.count)
            #expect(posts == sheet.rows.count)
            try expectNoPassword()
            return outcome.errors
        }

        /// Expects that no output, no file and no record of a run has the password.
        func expectNoPassword() throws {
            for (file, bytes) in try tool.folder.contents() {
                #expect(bytes.range(of: Data(password.utf8)) == nil, "\(file)")
            }
            let runs = try server.psql("SELECT * FROM \(schema).runs")
            #expect(!runs.contains(password))
            #expect(runs.contains("in.csv") || runs.contains("first.csv"))
        }
    }

    private func withBench(
        on server: PostgreSQLServer? = PostgreSQLServer.shared,
        rows: Int = 12,
        _ body: @Sendable (Bench) async throws -> Void
    ) async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.bondLatency = 0.1...0.2
        configuration.behaviour.plaidLimit = nil
        configuration.behaviour.bondLimit = nil
        let server = try #require(server)
        let schema = try server.makeSchema()
        let url = schema.replacingOccurrences(of: "relink@", with: "relink:\(Self.password)@")
        try await withSimulator(configuration) { address in
            var tool = Tool(try Scratch(), url: address.url)
            tool.environment["RELINK_LEDGER"] = url
            let sheet = Sheet(1 + rows)
            var (first, rest) = (sheet, sheet)
            first.rows.removeLast(rows)
            rest.rows.removeFirst()
            try tool.folder.write(first.csv, to: "first.csv")
            try tool.folder.write(rest.csv, to: "in.csv")
            #expect(try await tool.run("run", "first.csv", "--settle", "100ms").exitCode == 0)
            // A link that Bond has had no time to list proves nothing.
            try await Task.sleep(for: .milliseconds(120))
            try await body(Bench(server: server, tool: tool, world: address.world, sheet: sheet, url: url))
        }
    }
}
