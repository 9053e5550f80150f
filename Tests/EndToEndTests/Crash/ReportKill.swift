import Foundation
import Testing

/// A kill while a report is written over an older one: the file is the old one or the new one, and whole.
struct ReportKill {
    private let bench: CrashBench
    private let command = ["report", "--format", "csv", "--output", "out.csv"]

    init(_ bench: CrashBench) {
        self.bench = bench
    }

    /// Plays it; false where the point was not met.
    func play(_ fault: String, _ figures: inout CrashFigures) async throws -> Bool {
        #expect(try await bench.tool.start(command).end().exitCode == 0)
        let old = try bench.tool.folder.read("out.csv")
        _ = try await bench.run()
        let new = try await bench.tool.run("report", "--format", "csv").output
        guard try await bench.start(command, fault: fault).end().signal == SIGKILL else { return false }
        figures.kills += 1
        let left = try bench.tool.folder.read("out.csv")
        #expect(left == old || left == new, "half a report, \(bench.label)")
        #expect(old != new, "\(bench.label)")
        #expect(try await bench.tool.start(command).end().exitCode == 0)
        #expect(try bench.tool.folder.read("out.csv") == new, "\(bench.label)")
        try await bench.expectFixpoint(&figures)
        return true
    }
}
