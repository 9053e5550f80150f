import Foundation
import Simulator
import Testing

/// A ledger that cannot be believed: no run goes on with it, the doctor says why, and a backup puts it right.
@Suite("A damaged ledger", .timeLimit(.minutes(5)))
struct DamagedLedgerTests {
    /// What becomes of the file.
    enum Damage: String, CaseIterable, Sendable {
        case randomPages, cutShort, zeroedPage, head, flippedState, lostLink, droppedIndex
    }

    @Test(
        "78 for every command that would trust it, no call leaves, and a backup restores it",
        arguments: Damage.allCases
    )
    func damaged(damage: Damage) async throws {
        try await withHalfDone { day in
            #expect(try await day.tool.run("ledger", "backup", "copy.sqlite").exitCode == 0)
            try inflict(damage, on: day)
            try await expectRefusal(day, "\(damage)")
            #expect(try await day.tool.run("ledger", "restore", "copy.sqlite").exitCode == 0)
            #expect(try await day.tool.run("doctor").exitCode == 0)
            try await day.expectGoodDay("\(damage)")
        }
    }

    @Test(
        "random bytes anywhere: the doctor ends with 0 or 78, a run with 78 where the doctor does, and nobody crashes"
    )
    func randomBytes() async throws {
        let seed =
            ProcessInfo.processInfo.environment["RELINK_TEST_SEED"].flatMap(UInt64.init) ?? .random(in: 1...999_999)
        try await withHalfDone { day in
            var generator = SplitMix64(seed: seed)
            let sound = try Data(contentsOf: day.tool.folder.url.appendingPathComponent("relink.sqlite"))
            let posts = day.posts.count
            var damaged = 0
            for round in 0..<25 {
                var bytes = sound
                let start = Int.random(in: 0..<bytes.count - 600, using: &generator)
                for index in start..<start + 600 { bytes[index] = .random(in: 0...255, using: &generator) }
                try replaceLedger(of: day, by: bytes)
                let comment = Comment(rawValue: "round \(round), seed \(seed)")
                let doctor = try await day.tool.run("doctor")
                #expect([0, 78].contains(doctor.exitCode), "\(comment): \(doctor.errors)")
                guard doctor.exitCode == 78 else { continue }
                damaged += 1
                for command in ["status", "report"] {
                    let reader = try await day.tool.run(command)
                    #expect([0, 78].contains(reader.exitCode), "\(command) \(comment): \(reader.errors)")
                }
                let run = try await day.run()
                #expect(run.exitCode == 78, "\(comment): \(doctor.output) \(run.exitCode) \(run.output) \(run.errors)")
            }
            #expect(damaged > 0, "seed \(seed)")
            #expect(day.posts.count == posts, "seed \(seed)")
            try replaceLedger(of: day, by: sound)
            try await day.expectGoodDay("the sound ledger again, seed \(seed)")
        }
    }

    @Test("a log with a hole: 78, and what can be read of it is a backup to begin with", arguments: [true, false])
    func damagedLog(hasBackup: Bool) async throws {
        try await withHalfDone { day in
            if hasBackup { #expect(try await day.tool.run("ledger", "backup", "copy.sqlite").exitCode == 0) }
            let killed = try await day.tool.faulty("kill:written/wal:110").start(
                ["run", "in.csv", "--concurrency", "1"] + BadDay.options
            ).end()
            #expect(killed.signal == SIGKILL)
            let log = day.tool.folder.url.appendingPathComponent("relink.sqlite-wal")
            var bytes = try Data(contentsOf: log)
            bytes[bytes.count / 3] ^= 0xFF
            try bytes.write(to: log)
            try await expectRefusal(day, "damaged log")
            if !hasBackup { #expect(try await day.tool.run("ledger", "backup", "copy.sqlite").exitCode == 0) }
            #expect(try await day.tool.run("ledger", "restore", "copy.sqlite").exitCode == 0)
            try await day.expectGoodDay("damaged log")
        }
    }

    @Test("a ledger of a newer version is left as it is: 78")
    func newer() async throws {
        try await BadDay.with(2) { day in
            try LedgerProbe(day.tool.folder).execute("INSERT INTO grdb_migrations VALUES ('v99')")
            let (calls, bytes) = (day.world.calls.count, try day.tool.folder.contents()["relink.sqlite"])
            for command in [["status"], ["doctor"], ["report"], ["run", "in.csv"] + BadDay.options] {
                let outcome = try await day.tool.start(command).end()
                #expect(outcome.exitCode == 78, "\(command): \(outcome.errors)")
                #expect(outcome.errors.contains("newer relink. Update this program"), "\(outcome.errors)")
            }
            #expect(try day.tool.folder.contents()["relink.sqlite"] == bytes)
            #expect(day.world.calls.count == calls)
            try LedgerProbe(day.tool.folder).execute("DELETE FROM grdb_migrations WHERE identifier = 'v99'")
            try await day.expectGoodDay("newer")
        }
    }

    @Test("in production an empty file is no new ledger: 66, and nothing is linked again")
    func empty() async throws {
        var tool = Tool(try Scratch(), url: "http://127.0.0.1:9")
        for name in ["RELINK_ENV", "PLAID_BASE_URL", "BOND_BASE_URL"] { tool.environment[name] = nil }
        try tool.folder.write(Sheet(1).csv.replacing("access-sandbox", with: "access-production"), to: "in.csv")
        try tool.folder.write("", to: "relink.sqlite")
        let outcome = try await tool.run("run", "in.csv", "--env", "production", "--yes")
        #expect(outcome.exitCode == 66)
        #expect(outcome.errors.contains("is empty"))
        #expect(outcome.errors.contains("relink ledger restore"))
        #expect(try tool.folder.read("relink.sqlite").isEmpty)
    }

    private func expectRefusal(_ day: BadDay, _ comment: Comment) async throws {
        let calls = day.world.calls.count
        let outcome = try await day.run()
        #expect(outcome.exitCode == 78, "\(comment): \(outcome.output) \(outcome.errors)")
        #expect(outcome.word == "misconfigured")
        #expect(outcome.errors.contains("relink ledger restore"), "\(outcome.errors)")
        #expect(day.world.calls.count == calls, comment)
        #expect(try await day.tool.run("reconcile").exitCode == 78, comment)
        let doctor = try await day.tool.run("doctor", "--json")
        #expect(doctor.exitCode == 78, comment)
        if !doctor.output.isEmpty { #expect(try doctor.json()["verdict"] as? String == "fail") }
        #expect(day.world.calls.count == calls, comment)
    }

    /// Runs `body` when all rows are in the ledger and three of them are linked.
    private func withHalfDone(_ body: @Sendable (BadDay) async throws -> Void) async throws {
        try await BadDay.with(8) { day in
            #expect(try await day.run("in.csv", ["--limit", "2"]).exitCode == 4)
            try await body(day)
        }
    }

    private func inflict(_ damage: Damage, on day: BadDay) throws {
        let url = day.tool.folder.url.appendingPathComponent("relink.sqlite")
        var bytes = try Data(contentsOf: url)
        switch damage {
        case .randomPages: for index in 8_192..<40_960 { bytes[index] = .random(in: 0...255) }
        case .cutShort: bytes = bytes.prefix(bytes.count / 2)
        case .zeroedPage: for index in 16_384..<20_480 { bytes[index] = 0 }
        case .head: for index in 0..<64 { bytes[index] = 0xAA }
        case .flippedState, .lostLink, .droppedIndex: return try spoil(damage, on: day)
        }
        try replaceLedger(of: day, by: bytes)
    }

    /// What a person with another program can do, or a disk that loses single bytes.
    private func spoil(_ damage: Damage, on day: BadDay) throws {
        let probe = try LedgerProbe(day.tool.folder)
        try probe.execute("PRAGMA ignore_check_constraints = ON")
        switch damage {
        case .flippedState: try probe.execute("UPDATE links SET state = 'lin+ed' WHERE id = 1")
        case .lostLink: try probe.execute("UPDATE links SET linked_account_id = NULL WHERE id = 1")
        default: try probe.execute("DROP INDEX links_linked_account")
        }
    }

    private func replaceLedger(of day: BadDay, by bytes: Data) throws {
        let url = day.tool.folder.url.appendingPathComponent("relink.sqlite")
        for suffix in ["-wal", "-shm"] { _ = try? FileManager.default.removeItem(atPath: url.path + suffix) }
        try bytes.write(to: url)
    }
}
