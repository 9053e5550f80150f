import Foundation
import Simulator
import TestSupport
import Testing

/// The built program as several workers on one ledger.
@Suite(
    "Several workers",
    .timeLimit(.minutes(5)),
    .enabled(if: PostgreSQLServer.shared != nil && PostgreSQLServer.spare != nil, "postgresql is to be installed")
)
struct CrewTests {
    /// The rows' fates in turn, by the numbers of the simulator's answers; nothing is the usual one.
    private static let fates = [
        nil, "10110000", "00002001", "00002041", "00002042", "10060000", nil, nil, nil, nil, nil, nil,
    ]
    private static let options = [
        "--plaid-rate", "unlimited", "--bond-rate", "unlimited", "--settle", "300ms", "--timeout", "3s", "--json",
        "--quiet",
    ]

    @Test("the same rows, whatever becomes of them: each is tried by one, and all of them come to the same end")
    func sameInput() async throws {
        try await withBench(rows: 120) { bench in
            let workers = try (1...4).map { _ in try bench.start() }
            for worker in workers {
                let outcome = try await worker.end()
                #expect(outcome.exitCode == 3, "\(outcome.output) \(outcome.errors)")
                let rows = try #require(outcome.json()["rows"] as? [String: Int])
                #expect(rows["read"] == 120)
                #expect(rows["unreached"] == 0)
                #expect((rows["skipped"] ?? 0) + (rows["attempted"] ?? 0) == 120, "\(rows)")
            }
            try bench.expectSound()
            #expect(
                try bench.sql("SELECT state, count(*) FROM links GROUP BY state ORDER BY state") == """
                    linked|91
                    needs_user|10
                    rejected|10
                    retryable|10

                    """
            )
            // A row without hope is tried by one worker, and not by each; one whose POST was in doubt once more.
            let tries =
                "SELECT max(tries) FROM (SELECT count(*) AS tries FROM attempts WHERE call = 'mint' GROUP BY link) t"
            #expect(try bench.sql(tries) == "4\n")
            let posts = "SELECT count(*) FROM attempts WHERE call = 'post' AND result <> 'never_sent'"
            #expect(try bench.sql(posts) == "121\n", "one each of 111 rows, and 10 that were found absent")
        }
    }

    @Test("one that is killed is taken over when its lease ends, and one that stood still writes nothing more")
    func killedAndStopped() async throws {
        try await withBench(rows: 60, fates: [nil]) { bench in
            let workers = try (1...3).map { _ in try bench.start(["--lease", "2s", "--concurrency", "4"]) }
            try await eventually { bench.posts >= 12 }
            workers[0].send(SIGKILL)
            workers[1].send(SIGSTOP)
            let last = try await workers[2].end()
            #expect(last.exitCode == 0, "\(last.output) \(last.errors)")
            #expect(bench.world.counts.linksActive == 61, "it has done the others' rows as well")
            workers[1].send(SIGCONT)
            let stopped = try await workers[1].end()
            #expect([0, 75].contains(stopped.exitCode), "\(stopped.output) \(stopped.errors)")
            _ = try await workers[0].end()
            try bench.expectSound()
            #expect(bench.world.counts.linksActive == 61)
        }
    }

    @Test("with a limit for all, they use it together and are not refused")
    func sharedRate() async throws {
        var configuration = SimulatorConfiguration()
        // In any window of ten seconds a sixth of it: three of them, each at its own rate, would run into it.
        (configuration.behaviour.plaidLimit, configuration.behaviour.bondLimit) = (600, 600)
        configuration.behaviour.limitPeriod = 10
        try await withBench(rows: 120, fates: [nil], configuration) { bench in
            let workers = try (1...3).map { _ in
                try bench.start(["--plaid-rate", "6/s", "--bond-rate", "6/s"])
            }
            for worker in workers { #expect(try await worker.end().exitCode == 0) }
            try bench.expectSound()
            #expect(!bench.world.calls.contains { $0.status == 429 }, "a limit was run into")
        }
    }

    /// A ledger on a server, with one row that proves Bond's list.
    private struct Bench: Sendable {
        let tool: Tool
        let world: World
        let schema: String

        var posts: Int { world.calls.count { $0.operation == .link } }

        func start(_ more: [String] = []) throws -> Running {
            try tool.start(["run", "in.csv"] + options + more)
        }

        func sql(_ statement: String) throws -> String {
            try #require(PostgreSQLServer.shared).psql("SET search_path = \(schema); \(statement)")
        }

        /// Expects that nothing was linked twice, and that nobody has left anything behind.
        func expectSound() throws {
            #expect(world.counts.doubleLinks == 0)
            #expect(try sql("SELECT count(*) FROM claims") == "0\n")
            #expect(try sql("SELECT count(*) FROM workers") == "0\n")
            #expect(try sql("SELECT count(*) FROM links WHERE state IN ('posting', 'in_doubt')") == "0\n")
        }
    }

    private func withBench(
        rows: Int,
        fates: [String?] = Self.fates,
        _ configuration: SimulatorConfiguration? = nil,
        _ body: @Sendable (Bench) async throws -> Void
    ) async throws {
        var usual = SimulatorConfiguration()
        usual.behaviour.bondLatency = 0.02...0.1
        (usual.behaviour.plaidLimit, usual.behaviour.bondLimit) = (nil, nil)
        let url = try #require(PostgreSQLServer.shared).makeSchema()
        try await withSimulator(configuration ?? usual) { address in
            var tool = Tool(try Scratch(), url: address.url)
            tool.environment["RELINK_LEDGER"] = url
            try tool.folder.write(Sheet(1).csv, to: "first.csv")
            var sheet = Sheet(rows, customers: rows * 2 / 3)
            for row in sheet.rows.indices {
                if let fate = fates[row % fates.count] { sheet.rows[row].token = Sheet.token(magic: fate) }
            }
            try tool.folder.write(sheet.csv, to: "in.csv")
            let first = try await tool.run("run", "first.csv", "--settle", "100ms")
            #expect(first.exitCode == 0, "\(first.errors)")
            // A link that Bond has had no time to list proves nothing.
            try await Task.sleep(for: .milliseconds(320))
            try await body(
                Bench(tool: tool, world: address.world, schema: url.components(separatedBy: "%3D").last ?? "")
            )
        }
    }
}
