import Foundation
import Simulator
import Testing

/// A folder that may only be read.
@Suite("A read-only folder", .timeLimit(.minutes(5)))
struct FolderTests {
    @Test("no ledger can be made there: 73, and no call leaves", arguments: ["erofs", "eacces"])
    func making(error: String) async throws {
        try await BadDay.with(2, proven: false) { day in
            let outcome = try await day.run(fault: "\(error)+:open/lock|ledger|wal")
            #expect(outcome.exitCode == 73)
            #expect(outcome.errors.contains("relink.sqlite"))
            #expect(outcome.errors.contains("make file and folder writable"), "\(outcome.errors)")
            #expect(outcome.word == "unwritable")
            #expect(day.world.calls.isEmpty)
            try await day.expectGoodDay("\(error)")
        }
    }

    @Test(
        "a ledger there cannot be written: 73 or 74, and no call leaves",
        arguments: ["open/lock", "open/ledger", "open/wal", "open/lock|ledger|wal", "write/wal"]
    )
    func writing(place: String) async throws {
        try await BadDay.with(2) { day in
            let calls = day.world.calls.count
            let outcome = try await day.run(fault: "erofs+:\(place)")
            #expect([73, 74].contains(outcome.exitCode), "\(outcome.errors)")
            #expect(outcome.errors.contains("relink.sqlite"))
            #expect(outcome.word == "unwritable")
            #expect(day.world.calls.count == calls || place == "write/wal")
            try day.expectNoHarm("\(place)")
            try await day.expectGoodDay("\(place)")
        }
    }

    @Test("the permission bits say so: 73", .enabled(if: geteuid() != 0, "the superuser may write everywhere"))
    func permissions() async throws {
        try await BadDay.with(2) { day in
            let folder = day.tool.folder.url.path
            try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
            let outcome = try await Tool(try Scratch(), environment: day.tool.environment).start(
                ["run", day.tool.folder.path("in.csv"), "--ledger", day.tool.folder.path("relink.sqlite")]
            ).end()
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
            #expect([73, 74].contains(outcome.exitCode), "\(outcome.errors)")
            try await day.expectGoodDay("permissions")
        }
    }
}

extension Tool {
    fileprivate init(_ folder: Scratch, environment: [String: String]) {
        self.init(folder)
        self.environment = environment
    }
}
