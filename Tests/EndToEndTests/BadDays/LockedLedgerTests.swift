import Foundation
import Simulator
import Testing

/// A ledger that another program has locked; a second run is in `RunTests`.
@Suite("A ledger locked by another program", .timeLimit(.minutes(5)))
struct LockedLedgerTests {
    @Test("at the start: 75 after a few seconds, no call leaves, and reading goes on")
    func start() async throws {
        try await BadDay.with(3) { day in
            let (probe, calls) = (try LedgerProbe(day.tool.folder), day.world.calls.count)
            try probe.execute("BEGIN EXCLUSIVE")
            let outcome = try await day.run()
            #expect(outcome.exitCode == 75)
            #expect(outcome.word == "locked")
            #expect(outcome.errors.contains("is locked by another program"), "\(outcome.errors)")
            #expect(outcome.errors.contains("run the same command again"))
            #expect(day.world.calls.count == calls)
            #expect(try await day.tool.run("status").exitCode == 0)
            #expect(try await day.tool.run("doctor").exitCode == 0)
            try probe.execute("ROLLBACK")
            try await day.expectGoodDay("locked at the start")
        }
    }

    @Test("in the middle of a run: 75, no POST after the first failed intent, and what had left is found again")
    func middle() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.bondLatency = 0.15...0.2
        try await BadDay.with(40, configuration) { day in
            let probe = try LedgerProbe(day.tool.folder)
            async let ended = day.run("in.csv", ["--concurrency", "2"])
            try await eventually { day.posts.count >= 6 }
            try probe.execute("BEGIN EXCLUSIVE")
            let lockedAt = Date.now
            let outcome = try await ended
            #expect(outcome.exitCode == 75, "\(outcome.output) \(outcome.errors)")
            #expect(outcome.word == "locked")
            #expect(outcome.errors.contains("is locked by another program"), "\(outcome.errors)")
            // Two may have been on their way when the lock was taken.
            #expect(day.posts.count { $0.time > lockedAt } <= 2)
            #expect(day.posts.count < 30)
            try probe.execute("ROLLBACK")
            try day.expectNoHarm("locked in the middle")
            try await day.expectGoodDay("locked in the middle")
        }
    }

    @Test("for less time than a commit waits: nothing happens")
    func shortly() async throws {
        try await BadDay.with(12) { day in
            let probe = try LedgerProbe(day.tool.folder)
            async let ended = day.run()
            try await eventually { day.posts.count >= 3 }
            try probe.execute("BEGIN EXCLUSIVE")
            try await Task.sleep(for: .seconds(1))
            try probe.execute("ROLLBACK")
            #expect(try await ended.exitCode == 0)
            try await day.expectGoodDay("locked for a second")
        }
    }

    @Test("so that nobody may even read: 75 for every command")
    func unreadable() async throws {
        try await BadDay.with(2) { day in
            let probe = try LedgerProbe(day.tool.folder)
            try probe.execute(
                "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE ledger SET epoch = epoch; COMMIT"
            )
            for command in [["status"], ["doctor"], ["report"], ["run", "in.csv"] + BadDay.options] {
                let outcome = try await day.tool.start(command).end()
                #expect(outcome.exitCode == 75, "\(command): \(outcome.errors)")
                #expect(outcome.errors.contains("is locked by another program"), "\(outcome.errors)")
            }
            try probe.execute("PRAGMA locking_mode = NORMAL; SELECT count(*) FROM ledger")
            try await day.expectGoodDay("locked against readers")
        }
    }
}
