import Foundation
import Simulator
import Testing

/// What is seen of a run while it is going on.
@Suite("While it runs", .timeLimit(.minutes(5)))
struct WatchTests {
    @Test(
        "SIGUSR1 asks for a line of progress, also of a quiet run, and the run goes on",
        arguments: [[], ["--quiet"]]
    )
    func asked(more: [String]) async throws {
        try await BadDay.with(30) { day in
            let running = try day.start(["--bond-rate", "10/s"] + more)
            try await eventually { day.posts.count >= 3 }
            running.send(SIGUSR1)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 0)
            let lines = outcome.errors.split(separator: "\n").filter {
                $0.contains(" / 30 rows") && $0.contains("bond ")
            }
            #expect(lines.count == 1, "\(outcome.errors)")
        }
    }

    @Test("programs get a JSON object a line, whose events have names")
    func json() async throws {
        try await BadDay.with(3) { day in
            let outcome = try await day.run("in.csv", ["--log-format", "json", "-vv"])
            let lines = outcome.errors.split(separator: "\n").map { Data($0.utf8) }
            let events = try lines.map { line in
                let object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: String])
                return try #require(object["event"])
            }
            #expect(events.first == "run_started")
            #expect(events.count { $0 == "row" } == 3)
            #expect(events.last == "run_finished")
        }
    }

    @Test("rows that are not linked are told with -v, all with -vv, none without")
    func verbosity() async throws {
        try await BadDay.with(2) { day in
            for (flags, count) in [([], 0), (["-vv"], 2)] {
                try FileManager.default.removeItem(atPath: day.tool.folder.path("relink.sqlite"))
                let outcome = try await day.run("in.csv", flags)
                #expect(outcome.errors.split(separator: "\n").count { $0.contains(" row ") } == count)
            }
        }
    }

    @Test("nothing is drawn where there is no terminal")
    func plain() async throws {
        try await BadDay.with(2) { day in
            var tool = day.tool
            tool.environment["TERM"] = "xterm"
            let outcome = try await tool.start(["run", "in.csv"] + BadDay.options).end()
            #expect(!outcome.errors.contains("\u{1B}"))
            #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        }
    }
}
