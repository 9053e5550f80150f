import Foundation
import Simulator
import Testing

/// A limit on open files that leaves little room or none.
@Suite("Few descriptors", .timeLimit(.minutes(5)))
struct DescriptorTests {
    @Test(
        "no crash, whatever the limit: 78 with what is needed, or a run with fewer calls in flight",
        arguments: [12, 14, 16, 18, 20, 24, 28, 32, 36, 40, 44, 48, 56, 64]
    )
    func limits(limit: Int) async throws {
        try await BadDay.with(40) { day in
            let arguments = ["run", "in.csv", "--concurrency", "64"] + BadDay.options
            // Whatever the test's own process has open is not handed on: Foundation closes it.
            let outcome = try await day.tool.start(arguments, prelude: "ulimit -n \(limit)").end()
            #expect(outcome.signal == nil, "\(outcome.errors)")
            #expect([0, 78].contains(outcome.exitCode), "\(outcome.output) \(outcome.errors)")
            #expect(outcome.errors.contains("nly \(limit) files may be open at a time"), "\(outcome.errors)")
            #expect(outcome.errors.contains("ulimit -n"))
            if outcome.exitCode == 78 { #expect(day.posts.count == 1) }
            try day.expectNoHarm("limit \(limit)")
            try await day.expectGoodDay("limit \(limit)")
        }
    }

    @Test("none left for the ledger's log: 73 or 74, and no call leaves")
    func middle() async throws {
        try await BadDay.with(6) { day in
            let outcome = try await day.run("in.csv", [], fault: "emfile+:open/wal")
            #expect([73, 74].contains(outcome.exitCode))
            #expect(day.posts.count == 1)
            #expect(outcome.errors.contains("relink.sqlite"), "\(outcome.errors)")
            try day.expectNoHarm("no descriptor for the log")
            try await day.expectGoodDay("no descriptor for the log")
        }
    }

    @Test("a soft limit that may be raised is raised")
    func soft() async throws {
        try await BadDay.with(4) { day in
            let arguments = ["run", "in.csv", "--concurrency", "64", "--quiet"] + BadDay.options
            let outcome = try await day.tool.start(arguments, prelude: "ulimit -S -n 24").end()
            #expect(outcome.exitCode == 0)
            #expect(outcome.errors.isEmpty, "\(outcome.errors)")
        }
    }
}
