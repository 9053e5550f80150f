import Foundation
import Simulator
import Testing

/// A kill while an older copy is put in the ledger's place: no run may take the gap for a new ledger.
struct RestoreKill {
    private let bench: CrashBench

    init(_ bench: CrashBench) {
        self.bench = bench
    }

    /// Plays it; false where the point was not met.
    func play(_ fault: String, _ figures: inout CrashFigures) async throws -> Bool {
        #expect(try await bench.tool.run("ledger", "backup", "copy.sqlite").exitCode == 0)
        try bench.world.change { $0.faults = [:] }
        #expect(try await bench.run().exitCode == 0, "\(bench.label)")
        let restore = ["ledger", "restore", "copy.sqlite"]
        guard try await bench.start(restore, fault: fault).end().signal == SIGKILL else { return false }
        figures.kills += 1
        _ = try await bench.run()
        #expect(bench.world.counts.doubleLinks == 0, "an account is linked twice, \(bench.label)")
        let outcome = try await bench.tool.start(restore).end()
        #expect(outcome.exitCode == 0, "\(bench.label): \(outcome.errors)")
        try await bench.expectFixpoint(&figures)
        return true
    }
}
