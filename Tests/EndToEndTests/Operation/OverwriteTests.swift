import Foundation
import Simulator
import Testing

/// Files that are written take the place of their own older versions, and of nothing else.
@Suite("What is there already", .timeLimit(.minutes(5)))
struct OverwriteTests {
    @Test("a ledger and what is no regular file are not overwritten; a link's file is")
    func outputs() async throws {
        try await BadDay.with(1) { day in
            let folder = day.tool.folder
            for target in ["relink.sqlite", "/dev/null"] {
                let outcome = try await day.tool.run("report", "--output", target)
                #expect(outcome.exitCode == 64, "\(target): \(outcome.errors)")
            }
            #expect(try await day.tool.run("status").exitCode == 0)
            try folder.write("old", to: "target.csv")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path("link.csv"),
                withDestinationPath: folder.path("target.csv")
            )
            #expect(try await day.tool.run("report", "--output", "link.csv").exitCode == 0)
            #expect(try folder.read("target.csv").hasPrefix("reference,"))
        }
    }

    @Test("a file that cannot be written is found before the first call, and nothing is left behind")
    func unwritable() async throws {
        try await BadDay.with(3) { day in
            let (calls, files) = (
                day.world.calls.count, try day.tool.folder.contents().keys.count { !$0.contains("-") }
            )
            let run = try await day.run("in.csv", ["--metrics-file", "gone/relink.prom"])
            #expect(run.exitCode == 73, "\(run.errors)")
            #expect(run.errors.contains("gone/relink.prom cannot be created"), "\(run.errors)")
            let plan = try await day.tool.run("plan", "in.csv", "--output", "gone/plan.json")
            #expect(plan.exitCode == 73, "\(plan.errors)")
            #expect(plan.output.isEmpty)
            #expect(day.world.calls.count == calls)
            #expect(try day.tool.folder.contents().keys.count { !$0.contains("-") } == files)
            let fine = try await day.run("in.csv", ["--metrics-file", "relink.prom"])
            #expect(fine.exitCode == 0, "\(fine.errors)")
            #expect(try !day.tool.folder.contents().keys.contains { $0.hasSuffix(".part") })
        }
    }
}
