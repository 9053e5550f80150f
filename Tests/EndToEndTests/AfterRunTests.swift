import Foundation
import Simulator
import Testing

/// What is done after a run: hooks, the dead man's switch, and the file of metrics.
@Suite("After a run", .timeLimit(.minutes(5)))
struct AfterRunTests {
    private static let hook = """
        env > hook.env; cp "$RELINK_SUMMARY" hook.json; stat -c %a "$RELINK_SUMMARY" > hook.mode; \
        echo "$RELINK_SUMMARY" > hook.path; echo said; echo told >&2
        """

    @Test("a hook learns how the run ended, from a file of its owner's alone, and prints beside the data")
    func success() async throws {
        try await BadDay.with(2) { day in
            let outcome = try await Self.run(
                day,
                "in.csv",
                ["--on-success", Self.hook, "--on-failure", "touch failed"]
            )
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let summary = try outcome.json()
            let variables = try Self.variables(day.tool.folder)
            #expect(variables["RELINK_EXIT_CODE"] == "0")
            #expect(variables["RELINK_OUTCOME"] == "done")
            #expect(variables["RELINK_RUN_ID"] == summary["run_id"] as? String)
            #expect(variables["RELINK_LEDGER"] == summary["ledger"] as? String)
            #expect(try day.tool.folder.read("hook.json") == outcome.output)
            #expect(try day.tool.folder.read("hook.mode") == "600\n")
            let path = try day.tool.folder.read("hook.path").dropLast()
            #expect(!FileManager.default.fileExists(atPath: String(path)))
            #expect(outcome.errors.contains("said\ntold\n"))
            #expect(!FileManager.default.fileExists(atPath: day.tool.folder.path("failed")))
        }
    }

    @Test("no secret is in a hook's environment, whichever way it came; names of files and addresses stay")
    func secrets() async throws {
        try await BadDay.with(1) { day in
            var tool = day.tool
            let secrets = ["PLAID_CLIENT_ID", "PLAID_SECRET", "BOND_IDENTITY", "BOND_AUTHORIZATION"]
            let values = secrets.compactMap { tool.environment[$0] }
            tool.environment["RELINK_LEDGER_KEY"] = "canary-of-the-ledger"
            tool.environment["PLAID_WEBHOOK_SECRET"] = "canary-of-a-neighbour"
            tool.environment["RELINK_HEARTBEAT"] = "http://127.0.0.1:9/canary-of-the-switch"
            tool.environment["BOND_IDENTITY_FILE"] = "somewhere"
            let options =
                BadDay.options + Self.patience + ["--ledger", "other.sqlite", "--on-success", "env > hook.env"]
            let outcome = try await tool.start(["run", "in.csv"] + options).end()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let text = try tool.folder.read("hook.env")
            for value in values + ["canary"] { #expect(!text.contains(value), "\(text)") }
            let variables = try Self.variables(tool.folder)
            #expect(variables["BOND_IDENTITY_FILE"] == "somewhere")
            #expect(variables["PLAID_BASE_URL"] == tool.environment["PLAID_BASE_URL"])
            #expect(outcome.errors.contains("127.0.0.1:9 was not told"))
            #expect(!outcome.errors.contains("canary"), "\(outcome.errors)")
        }
    }

    @Test(
        "a hook that fails, hangs or is no command is told of and changes nothing",
        arguments: [
            ("exit 7", "60s", "exit code 7"), ("no-such-command", "60s", "exit code 127"),
            ("kill -9 $$", "60s", "signal 9"), ("sleep 600", "500ms", "took longer than"),
            ("trap '' TERM; while true; do sleep 1; done", "500ms", "took longer than"),
        ]
    )
    func failing(command: String, limit: String, part: String) async throws {
        try await BadDay.with(1) { day in
            let outcome = try await Self.run(day, "in.csv", ["--on-success", command, "--hook-timeout", limit])
            #expect(outcome.exitCode == 0)
            #expect(outcome.word == "done")
            #expect(outcome.errors.contains("--on-success") && outcome.errors.contains(part), "\(outcome.errors)")
        }
    }

    @Test("what counts as success is said by exit codes; a run without a ledger is a failure with no summary")
    func failure() async throws {
        try await BadDay.with(1) { day in
            let hooks = ["--on-success", "touch succeeded", "--on-failure", "env > hook.env"]
            #expect(try await Self.run(day, "nowhere.csv", hooks).exitCode == 66)
            var variables = try Self.variables(day.tool.folder)
            #expect(variables["RELINK_EXIT_CODE"] == "66")
            #expect(variables["RELINK_SUMMARY"] == "")
            #expect(variables["RELINK_OUTCOME"] == "")
            #expect(try await Self.run(day, "in.csv", hooks + ["--config", "nowhere.yml"]).exitCode == 78)
            #expect(try await Self.run(day, "in.csv", hooks + ["--success-codes", "1"]).exitCode == 0)
            variables = try Self.variables(day.tool.folder)
            #expect(variables["RELINK_OUTCOME"] == "done")
            #expect(!FileManager.default.fileExists(atPath: day.tool.folder.path("succeeded")))
            #expect(try await Self.run(day, "in.csv", hooks + ["--success-codes", "one"]).exitCode == 64)
        }
    }

    @Test("a signal ends a hook that hangs; the run's exit code stays")
    func interrupted() async throws {
        try await BadDay.with(1) { day in
            let running = try day.start(
                Self.patience + ["--on-success", "touch hook.begun; sleep 600", "--hook-timeout", "10m"]
            )
            let begun = day.tool.folder.path("hook.begun")
            try await eventually { FileManager.default.fileExists(atPath: begun) }
            running.send(SIGTERM)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 0)
            #expect(outcome.errors.contains("signal 15"), "\(outcome.errors)")
        }
    }

    @Test("the switch hears of success alone, or of start and failure too, and of nothing else")
    func heartbeat() async throws {
        try await HeartbeatServer.with { server in
            try await BadDay.with(1) { day in try await Self.listen(server, day) }
        }
    }

    private static func listen(_ server: HeartbeatServer, _ day: BadDay) async throws {
        let plain = ["--heartbeat", "http://127.0.0.1:\(server.port)/ping/token?rid=1"]
        #expect(try await Self.run(day, "in.csv", plain).exitCode == 0)
        #expect(server.heard == ["GET /ping/token?rid=1"])
        #expect(try await Self.run(day, "nowhere.csv", plain).exitCode == 66)
        #expect(server.heard.count == 1)
        let full = plain + ["--heartbeat-style", "healthchecks"]
        #expect(try await Self.run(day, "in.csv", full).exitCode == 0)
        #expect(Array(server.heard.dropFirst()) == ["GET /ping/token/start?rid=1", "GET /ping/token?rid=1"])
        #expect(try await Self.run(day, "nowhere.csv", full).exitCode == 66)
        #expect(Array(server.heard.dropFirst(3)) == ["GET /ping/token/start?rid=1", "GET /ping/token/fail?rid=1"])
    }

    @Test("an address that would be spoken to openly, or is none, is refused without being shown")
    func addresses() async throws {
        try await BadDay.with(1) { day in
            for address in ["http://example.com/canary", "canary", "https://me:canary@example.com"] {
                let outcome = try await Self.run(day, "in.csv", ["--heartbeat", address])
                #expect(outcome.exitCode == 78, "\(address)")
                #expect(!outcome.errors.contains("canary"), "\(outcome.errors)")
            }
            #expect(day.posts.count == 1)
        }
    }

    @Test("metrics can be read by others, and the last success outlives runs that fail")
    func metrics() async throws {
        try await BadDay.with(1) { day in
            let folder = day.tool.folder
            #expect(try await Self.run(day, "in.csv", ["--metrics-file", "m.prom"]).exitCode == 0)
            #expect(try folder.mode("m.prom") == 0o644)
            let first = try Self.sample("relink_last_success_timestamp_seconds", folder)
            #expect(try Self.sample("relink_finished_timestamp_seconds", folder) == first)
            var broken = day.tool
            broken.environment["BOND_BASE_URL"] = "http://127.0.0.1:9"
            try folder.write(Sheet(1).csv, to: "in.csv")
            let options = BadDay.options + Self.patience + ["--max-duration", "2s", "--metrics-file", "m.prom"]
            let outcome = try await broken.start(["run", "in.csv"] + options).end()
            #expect([4, 75].contains(outcome.exitCode), "\(outcome.errors)")
            #expect(try Self.sample("relink_exit_code", folder) == "\(outcome.exitCode)")
            #expect(try Self.sample("relink_last_success_timestamp_seconds", folder) == first)
        }
    }

    /// Calls may take their time: none of these tests is about a slow server.
    private static let patience = ["--timeout", "60s"]

    private static func run(_ day: BadDay, _ input: String, _ more: [String]) async throws -> Tool.Outcome {
        try await day.run(input, patience + more)
    }

    private static func sample(_ name: String, _ folder: Scratch) throws -> String {
        let line = try folder.read("m.prom").split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return String(try #require(line).dropFirst(name.count + 1))
    }

    private static func variables(_ folder: Scratch) throws -> [String: String] {
        let pairs = try folder.read("hook.env").split(separator: "\n").map { line in
            line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        }
        return Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { _, last in last }
    }
}
