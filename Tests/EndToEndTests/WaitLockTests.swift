import Foundation
import Simulator
import Testing

/// A second run while the first is at work.
@Suite("--wait-lock", .timeLimit(.minutes(5)))
struct WaitLockTests {
    @Test("waits for the run that has the ledger, and then goes on from where that one ended")
    func waits() async throws {
        try await withSlowRun { day, first in
            let outcome = try await day.run("in.csv", ["--wait-lock", "2m"])
            #expect(try await first.end().exitCode == 0)
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let host = ProcessInfo.processInfo.hostName
            #expect(outcome.errors.contains("waiting for relink, process \(first.number) on \(host), started 20"))
            #expect((try outcome.json()["rows"] as? [String: Int])?["skipped"] == 12)
            #expect(day.posts.count == 13, "one before, which proves the list")
        }
    }

    @Test("ends with 75 and the holder's name when the time is over")
    func givesUp() async throws {
        try await withSlowRun { day, first in
            let outcome = try await day.run("in.csv", ["--wait-lock", "600ms"])
            #expect(outcome.exitCode == 75)
            #expect(outcome.word == "locked")
            #expect(outcome.errors.contains("is in use by relink, process \(first.number) on "))
            first.send(SIGTERM)
            _ = try await first.end()
        }
    }

    /// A run of twelve rows, one after the other, that has begun to post.
    private func withSlowRun(_ body: @escaping @Sendable (BadDay, Running) async throws -> Void) async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.bondLatency = 0.4...0.5
        try await BadDay.with(12, configuration) { day in
            let first = try day.start(["--concurrency", "1"])
            try await eventually { day.posts.count >= 2 }
            try await body(day, first)
        }
    }
}
