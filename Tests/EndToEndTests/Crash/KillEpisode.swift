import Foundation
import Simulator
import TestSupport
import Testing

import enum Simulator.Operation

/// One ledger whose runs are killed at random moments, while rows are added, and which is then run to its end.
struct KillEpisode {
    private static let killsPerLedger = 30

    private var random: SeededGenerator
    private let limit: Int
    private var customers: [String] = []

    /// Prepares an episode of at most `limit` kills; everything about it but the machine's timing follows from the seed.
    init(_ random: SeededGenerator, limit: Int) {
        self.random = random
        self.limit = min(limit, Self.killsPerLedger)
    }

    /// Plays it.
    func play() async throws -> CrashFigures {
        var episode = self
        let configuration = episode.makeConfiguration()
        return try await withSimulator(configuration) { address in try await episode.play(address) }
    }

    private mutating func makeConfiguration() -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration(seed: random.next())
        configuration.behaviour = .withoutLimits
        configuration.behaviour.plaidLatency = 0...0.01
        configuration.behaviour.bondLatency = random.pick([0...0.005, 0.005...0.02, 0.02...0.06])
        configuration.behaviour.faults = SimulatorBehaviour.afterEffects
        return configuration
    }

    private mutating func play(_ address: SimulatorAddress) async throws -> CrashFigures {
        var figures = CrashFigures()
        customers = (0..<20).map { _ in Sheet.uuid(using: &random) }
        var bench = try CrashBench(address, Sheet(0, customers: 1, using: &random), label: "\(random)")
        for _ in 0..<Self.killsPerLedger * 2 where figures.kills < limit {
            bench.concurrency = random.pick([2, 8, 32])
            addRows(to: &bench)
            guard try await runAndKill(bench).signal == SIGKILL else { continue }
            try bench.expectSound(&figures)
        }
        try await bench.expectFixpoint(&figures)
        return figures
    }

    /// Most rows are of customers with a few accounts, some of new ones.
    private mutating func addRows(to bench: inout CrashBench) {
        for _ in 0..<Int.random(in: bench.sheet.rows.isEmpty ? 8...30 : 2...12, using: &random) {
            if random.chance(oneIn: 3) { customers.append(Sheet.uuid(using: &random)) }
            bench.sheet.append(owner: random.pick(customers), using: &random)
        }
    }

    /// Half of the kills come from outside after a number of calls, half at a moment of the clock, from the program's
    /// first instant on.
    private mutating func runAndKill(_ bench: CrashBench) async throws -> Tool.Outcome {
        if random.chance(percent: 50) {
            let first = random.chance(oneIn: 8) ? 0 : 40_000
            return try await bench.run(fault: "kill:clock:\(first + Int.random(in: 0...260_000, using: &random))")
        }
        let target = bench.world.callCount + Int.random(in: 1...40, using: &random)
        let running = try bench.start()
        let isDone = Flag()
        async let outcome = ended(running, isDone)
        try await eventually { bench.world.callCount >= target || isDone.isSet }
        running.send(SIGKILL)
        return try await outcome
    }

    private func ended(_ running: Running, _ flag: Flag) async throws -> Tool.Outcome {
        let outcome = try await running.end()
        flag.set()
        return outcome
    }
}

extension SimulatorBehaviour {
    /// Answers as fast as calls come.
    static var withoutLimits: SimulatorBehaviour {
        var behaviour = SimulatorBehaviour()
        (behaviour.plaidLimit, behaviour.bondLimit) = (nil, nil)
        return behaviour
    }

    /// Faults that pass, most of them after the remote effect.
    static let afterEffects: [Operation: [String: Double]] = [
        .link: [
            "bond-503-after": 0.05, "bond-503-before": 0.02, "bond-reset-after": 0.05, "bond-reset-before": 0.02,
            "bond-truncated": 0.02,
        ],
        .mint: ["plaid-reset-after": 0.05, "plaid-reset-before": 0.02],
        .list: ["bond-503-before": 0.03],
    ]
}
