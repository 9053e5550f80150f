import Foundation
import Simulator
import Testing

/// A run that is going on can be watched and steered.
@Suite("relink control", .timeLimit(.minutes(5)))
struct ControlTests {
    /// Slow enough that it never ends by itself while a test looks.
    private static let slow = ["--bond-rate", "2/s", "--plaid-rate", "100/s"]

    @Test("without a run says so; without a ledger, too; and no other order is taken")
    func nobody() async throws {
        let tool = Tool(try Scratch())
        let missing = try await tool.run("control", "status")
        #expect(missing.exitCode == 66)
        #expect(missing.errors.contains(tool.folder.path("relink.sqlite")))
        try await BadDay.with(1) { day in
            let outcome = try await day.tool.run("control", "pause")
            #expect(outcome.exitCode == 66, "\(outcome.errors)")
            #expect(outcome.errors.contains("is one going on?"))
            #expect(try await day.tool.run("control", "rate", "plaid=fast").exitCode == 64)
            #expect(try await day.tool.run("control", "rate", "bank=1/s").exitCode == 64)
        }
    }

    @Test("pauses and goes on")
    func pause() async throws {
        try await BadDay.with(200) { day in
            let running = try day.start(Self.slow)
            try await eventually { day.posts.count >= 3 }
            let paused = try await day.tool.run("control", "pause")
            #expect(paused.exitCode == 0, "\(paused.errors)")
            // What had been admitted before leaves still.
            try await eventually { day.posts.count == day.world.counts.linksCreated }
            #expect(try await day.tool.run("control", "status").output.contains("(paused)"))
            let posts = day.posts.count
            try await Task.sleep(for: .seconds(2))
            #expect(day.posts.count <= posts + 1)
            #expect(try await day.tool.run("control", "resume").exitCode == 0)
            try await eventually { day.posts.count > posts + 2 }
            running.send(SIGINT)
            #expect(try await running.end().exitCode == 130)
            try day.expectNoHarm("paused")
        }
    }

    @Test("changes the rate, and the run is done in no time")
    func rate() async throws {
        try await BadDay.with(60) { day in
            let running = try day.start(["--bond-rate", "1/min", "--plaid-rate", "100/s"])
            try await eventually { day.posts.count >= 2 }
            #expect(try await day.tool.run("control", "rate", "bond=1000/s").exitCode == 0)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 0, "\(outcome.output)")
            #expect(outcome.errors.contains("1000/s at Bond"))
        }
    }

    @Test("stops the run in good order, and the next one goes on")
    func stop() async throws {
        try await BadDay.with(40) { day in
            let running = try day.start(Self.slow)
            try await eventually { day.posts.count >= 3 }
            #expect(try await day.tool.run("control", "stop").exitCode == 0)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 130, "\(outcome.errors)")
            #expect(outcome.word == "interrupted")
            #expect(outcome.states("in_doubt") == 0)
            #expect(!FileManager.default.fileExists(atPath: day.tool.folder.path("relink.sqlite.control")))
            try await day.expectGoodDay("told to stop")
        }
    }

    @Test("status tells programs where the run is; the socket is its owner's alone")
    func status() async throws {
        try await BadDay.with(200) { day in
            let running = try day.start(Self.slow)
            try await eventually { day.posts.count >= 2 }
            let status = try await day.tool.run("control", "status", "--json").json()
            #expect(status["event"] as? String == "status")
            #expect(status["total"] as? Int == 200)
            #expect(status["needs_user"] as? Int == 0, "every state is there")
            #expect((status["reason"] as? String)?.hasPrefix("limited by Bond") == true)
            #expect(try day.tool.folder.mode("relink.sqlite.control") == 0o600)
            running.send(SIGINT)
            #expect(try await running.end().exitCode == 130)
        }
    }

    @Test("a run takes the place of what a killed one left, also where the ledger's path is too long for a socket")
    func leftovers() async throws {
        try await BadDay.with(200) { day in
            let folder = String(repeating: "deep/", count: 30)
            let path = folder + "relink.sqlite"
            try FileManager.default.createDirectory(
                at: day.tool.folder.url.appendingPathComponent(folder),
                withIntermediateDirectories: true
            )
            var posts = 0
            for signal in [SIGKILL, SIGINT] {
                let running = try day.start(Self.slow + ["--ledger", path])
                let seen = posts
                try await eventually { day.posts.count >= seen + 2 }
                let status = try await day.tool.run("control", "status", "--ledger", path)
                #expect(status.output.contains("limited by Bond"), "\(status.errors)")
                running.send(signal)
                _ = try await running.end()
                posts = day.posts.count
            }
        }
    }
}
