import Foundation
import Simulator
import Testing

/// A disk that is full, fails, or takes half of what it is given, at every place where the ledger is written.
@Suite("A bad disk", .timeLimit(.minutes(5)))
struct DiskTests {
    private static let fullSentence = "no room is left on its disk. Make room, then run the same command again"

    @Test(
        "full while the ledger is made: 73 or 74, and no call leaves",
        arguments: ["open/lock", "open/ledger", "open/wal"] + (1...12).map { "write/store:\($0)" }
    )
    func making(place: String) async throws {
        try await BadDay.with(3, proven: false) { day in
            let outcome = try await day.run(fault: "enospc+:\(place)")
            #expect([73, 74].contains(outcome.exitCode), "\(outcome.errors)")
            #expect(outcome.errors.contains("relink.sqlite"))
            #expect(outcome.errors.lowercased().contains("make room"), "\(outcome.errors)")
            #expect(outcome.word == "unwritable")
            #expect(day.world.calls.isEmpty)
            try await day.expectGoodDay("\(place)")
        }
    }

    @Test(
        "full from any write of a run on: 74, no POST after the first failed intent, nothing lost",
        arguments: Array(stride(from: 1, through: 161, by: 10))
    )
    func running(write: Int) async throws {
        try await BadDay.with { day in
            let before = day.posts.count
            let outcome = try await day.run("in.csv", ["--concurrency", "1"], fault: "enospc+:write/wal:\(write)")
            #expect(outcome.exitCode == 74, "\(outcome.output) \(outcome.errors)")
            #expect(outcome.errors.contains(Self.fullSentence), "\(outcome.errors)")
            try expectStop(day, after: before)
            try await day.expectGoodDay("write \(write)")
        }
    }

    @Test(
        "failing for one moment in the middle of a run: 74, the disk is named, nothing lost",
        arguments: [
            "eio:fsync/wal:1", "eio:fsync/wal:2", "eio:fsync/wal:5", "eio:fsync/wal:9", "eio:fsync/wal:14",
            "eio:write/wal:3", "eio:write/wal:40", "eio:write/wal:77", "eio:fsynced/wal:7", "eio:written/wal:31",
            "enospc:write/wal:60", "eio+:fsync/wal:8",
        ]
    )
    func failing(fault: String) async throws {
        try await BadDay.with { day in
            let before = day.posts.count
            let outcome = try await day.run("in.csv", ["--concurrency", "1"], fault: fault)
            #expect(outcome.exitCode == 74, "\(outcome.output) \(outcome.errors)")
            let sentence = fault.hasPrefix("eio") ? "its disk failed" : Self.fullSentence
            #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
            try expectStop(day, after: before)
            try await day.expectGoodDay("\(fault)")
        }
    }

    @Test("taking half of a write is no harm by itself, and with no room after it: 74", arguments: [4, 33, 78, 120])
    func shortWrites(write: Int) async throws {
        try await BadDay.with { day in
            let fault = "short:write/wal:\(write);enospc+:write/wal:\(write + 1)"
            #expect(try await day.run(fault: fault).exitCode == 74)
            try day.expectNoHarm("write \(write)")
            try await day.expectGoodDay("write \(write)")
        }
        try await BadDay.with { day in
            #expect(try await day.run(fault: "short:write/wal:\(write)").exitCode == 0)
            try await day.expectGoodDay("a short write alone")
        }
    }

    @Test(
        "with no room for a checkpoint a run goes on: its commits are in the log",
        arguments: ["enospc+:write/ledger", "eio+:write/ledger", "eio+:fsync/ledger"]
    )
    func checkpoint(fault: String) async throws {
        try await BadDay.with(40) { day in
            let outcome = try await day.run(fault: fault)
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(outcome.states("linked") == 41)
            try await day.expectGoodDay("\(fault)")
        }
    }

    @Test("giving nothing back any more: 74 or 78, and nothing lost", arguments: [1, 6, 20])
    func unreadable(read: Int) async throws {
        try await BadDay.with { day in
            let outcome = try await day.run(fault: "eio+:read/ledger:\(read)")
            #expect([74, 78, 0].contains(outcome.exitCode), "\(outcome.output) \(outcome.errors)")
            try day.expectNoHarm("read \(read)")
            try await day.expectGoodDay("read \(read)")
        }
    }

    @Test("without room for a report there is none, not a part of one: 73 or 74")
    func report() async throws {
        try await BadDay.with { day in
            #expect(try await day.run().exitCode == 0)
            for (fault, code) in [("open", 73), ("write", 74), ("fsync", 74), ("rename", 74)] {
                let tool = day.tool.faulty("enospc+:\(fault)/report")
                let outcome = try await tool.run("report", "--output", "report.csv")
                #expect(outcome.exitCode == Int32(code), "\(fault): \(outcome.errors)")
                #expect(outcome.errors.contains("report.csv cannot be"))
                #expect(outcome.errors.contains("make room"), "\(outcome.errors)")
                let left = try FileManager.default.contentsOfDirectory(atPath: day.tool.folder.url.path)
                #expect(!left.contains { $0.hasPrefix("report.csv") }, "\(left)")
            }
            #expect(try await day.tool.run("report", "--output", "report.csv").exitCode == 0)
        }
    }

    @Test("without room for the figures the run has run, says so with its summary, and ends with 74")
    func metrics() async throws {
        try await BadDay.with { day in
            let outcome = try await day.run(
                "in.csv",
                ["--metrics-file", "run.prom"],
                fault: "enospc+:write/report"
            )
            #expect(outcome.exitCode == 74)
            #expect(outcome.errors.contains("run.prom cannot be written"), "\(outcome.errors)")
            #expect(outcome.states("linked") == 7, "the summary is there")
            #expect(try outcome.json()["exit_code"] as? Int == 74)
            #expect(outcome.word == "unwritable")
            try await day.expectGoodDay("metrics")
        }
    }

    @Test("standard output on a full disk: 74, and the ledger has everything")
    func standardOutput() async throws {
        try await BadDay.with { day in
            let arguments = ["run", "in.csv"] + BadDay.options
            let outcome = try await day.tool.start(arguments, prelude: "exec >/dev/full").end()
            #expect(outcome.exitCode == 74)
            #expect(outcome.errors.contains("standard output cannot be written"), "\(outcome.errors)")
            try await day.expectGoodDay("standard output")
        }
    }

    /// Expects that no POST left without its intent, and that only those on their way arrived after the disk failed.
    private func expectStop(_ day: BadDay, after before: Int) throws {
        try day.expectNoHarm("a bad disk")
        let log = try FileManager.default.attributesOfItem(atPath: day.tool.folder.path("faults.log"))
        let failed = try #require(log[.modificationDate] as? Date)
        let intents = try LedgerProbe(day.tool.folder).strings("SELECT CAST(sum(attempts) AS TEXT) FROM links")
        #expect(day.posts.count <= Int(intents.first ?? "") ?? 0)
        #expect(day.posts.dropFirst(before).count { $0.time > failed } <= 4)
    }
}
