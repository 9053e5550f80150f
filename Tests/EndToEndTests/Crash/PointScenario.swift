import Foundation
import GRDB
import Simulator
import TestSupport
import Testing

/// One kill at a point, and what comes after it.
struct PointScenario {
    /// Nobody met the point: then the test proves nothing.
    struct NeverMet: Error {
        let rule: String
    }

    private let point: CrashPoint
    private var random: SeededGenerator

    init(_ point: CrashPoint, _ random: SeededGenerator) {
        self.point = point
        self.random = random
    }

    /// Plays it; where the point is not met as often as was hoped for, the next try dies at an earlier time.
    func play() async throws -> CrashFigures {
        var scenario = self
        var reach = Int.random(in: 1...point.reach, using: &scenario.random)
        while reach > 0 {
            if let figures = try await scenario.play(at: reach) { return figures }
            reach /= 2
        }
        throw NeverMet(rule: point.rule)
    }

    private func play(at time: Int) async throws -> CrashFigures? {
        var scenario = self
        var configuration = SimulatorConfiguration(seed: scenario.random.next())
        configuration.behaviour = .withoutLimits
        configuration.behaviour.bondLatency = 0...0.01
        configuration.behaviour.faults = SimulatorBehaviour.afterEffects
        return try await withSimulator(configuration) { address in
            var bench = try scenario.makeBench(address)
            bench.label = "\(point.rule):\(time), \(random)"
            var figures = CrashFigures()
            try await scenario.prepare(&bench, &figures)
            let fault = "kill:\(point.rule):\(time)"
            switch point.stage {
            case .report: return try await ReportKill(bench).play(fault, &figures) ? figures : nil
            case .restore: return try await RestoreKill(bench).play(fault, &figures) ? figures : nil
            default: return try await scenario.killTwice(bench, fault, &figures) ? figures : nil
            }
        }
    }

    private mutating func makeBench(_ address: SimulatorAddress) throws -> CrashBench {
        let count = point.stage == .long ? 260 : 14
        // In a restored ledger two accounts of one customer, both linked since, could not be told from each other.
        let customers = point.stage == .restore ? count : count / 2 + 2
        return try CrashBench(address, Sheet(count, customers: customers, using: &random), label: "")
    }

    /// Brings the ledger to where the point's stage begins.
    private mutating func prepare(_ bench: inout CrashBench, _ figures: inout CrashFigures) async throws {
        switch point.stage {
        case .fresh, .long: break
        case .doubtful, .outdated, .restore:
            let outcome = try await bench.run(fault: "kill:sent/bond:\(Int.random(in: 2...6, using: &random))")
            guard outcome.signal == SIGKILL else { throw NeverMet(rule: "sent/bond") }
            try bench.expectSound(&figures)
            if point.stage == .outdated { try Self.takeBackToVersion1(bench.tool.folder.path("relink.sqlite")) }
        case .halfway, .report:
            let whole = bench.sheet
            bench.sheet.rows.removeLast(8)
            _ = try await bench.run()
            bench.sheet = whole
        }
    }

    /// Makes the ledger what the first version of the schema left.
    private static func takeBackToVersion1(_ path: String) throws {
        try DatabaseQueue(path: path).write { database in
            try database.execute(
                sql: """
                    DROP INDEX links_input; ALTER TABLE links DROP COLUMN input_high;
                    ALTER TABLE links DROP COLUMN input_low;
                    DROP INDEX links_item; ALTER TABLE links DROP COLUMN item; DROP TABLE items; DROP TABLE accounts;
                    DROP INDEX links_exchange; ALTER TABLE links DROP COLUMN exchange; DROP TABLE exchanges;
                    DROP TABLE invitations; DROP TABLE removals; DROP TRIGGER links_past; DROP TABLE past_states;
                    DROP TABLE run_calls; DROP TABLE run_states; DROP TABLE learned_rates;
                    DELETE FROM grdb_migrations WHERE identifier <> 'v1';
                    """
            )
        }
    }

    /// Kills a run at the point; in every other scenario the next run, which mends what was left, as well.
    private mutating func killTwice(
        _ bench: CrashBench,
        _ fault: String,
        _ figures: inout CrashFigures
    ) async throws -> Bool {
        guard try await bench.run(fault: fault).signal == SIGKILL else { return false }
        try bench.expectSound(&figures)
        if CrashSizes.isFull, random.chance(percent: 50) {
            let again = "kill:\(point.rule):\(Int.random(in: 1...point.reach, using: &random))"
            if try await bench.run(fault: again).signal == SIGKILL { try bench.expectSound(&figures) }
        }
        try await bench.expectFixpoint(&figures)
        return true
    }
}
