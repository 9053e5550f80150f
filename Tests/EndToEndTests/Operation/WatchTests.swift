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

    @Test("--limit: what lies beyond it is neither done nor said to be the end of the input")
    func limit() async throws {
        try await BadDay.with(600) { day in
            let outcome = try await day.run("in.csv", ["--limit", "3"])
            #expect(outcome.exitCode == 4)
            let status = try await day.tool.start(["run", "in.csv", "--limit", "3"] + BadDay.options.dropLast()).end()
            #expect(status.output.contains("read before it stopped: 3 attempted"), "\(status.output)")
            #expect(status.output.contains("  in the whole ledger: 506 pending, 7 linked"), "\(status.output)")
            let running = try day.start(["--limit", "40", "--bond-rate", "4/s"])
            let posts = day.posts.count
            try await eventually { day.posts.count >= posts + 2 }
            let now = try await day.tool.run("control", "status", "--json").json()
            #expect(now["total"] as? Int == 46, "the six that were linked before, and forty: \(now)")
            #expect((now["rows"] as? Int).map { (6...46).contains($0) } == true, "\(now)")
            #expect(now["rejected"] as? Int == 0)
            running.send(SIGINT)
            #expect(try await running.end().exitCode == 130)
        }
    }

    @Test("rows in doubt that are asked about first are seen in the progress")
    func settling() async throws {
        try await BadDay.with(2) { day in
            try day.world.change { $0.faults = [.link: ["bond-500-after": 1]] }
            #expect(try await day.run("in.csv", ["--settle", "1h", "--max-duration", "1s"]).exitCode == 4)
            try day.world.change {
                ($0.faults, $0.bondLatency) = ([:], 1.5...1.5)
            }
            let running = try day.start([])
            try await eventually {
                FileManager.default.fileExists(atPath: day.tool.folder.path("relink.sqlite.control"))
            }
            let status = try await day.tool.run("control", "status", "--json").json()
            #expect(status["phase"] as? String == "settling", "\(status)")
            #expect(status["owners_in_doubt"] as? Int == 2, "\(status)")
            running.send(SIGUSR1)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("0 rows; settling what is in doubt, "), "\(outcome.errors)")
            #expect(outcome.errors.contains(" of 2 owners asked"), "\(outcome.errors)")
        }
    }

    @Test("-v tells of a row that is not linked with its reference and its error's code")
    func rows() async throws {
        try await BadDay.with(1) { day in
            try day.world.change { $0.faults = [.link: ["bond-customer-dne": 1]] }
            let outcome = try await day.run("in.csv", ["-v"])
            let line = try #require(outcome.errors.split(separator: "\n").first { $0.contains(" row ") })
            #expect(line.contains("reference=row-1"), "\(line)")
            #expect(line.contains("code=customer_dne"), "\(line)")
            #expect(line.contains("end=provisional"), "\(line)")
        }
    }
}
