import Foundation
import Simulator
import Testing

/// The promise: nothing lost, nothing twice, whenever the process dies.
///
/// Judged by the simulator's own record.
@Suite("A killed run", .timeLimit(.minutes(5)))
struct CrashTests {
    private static let options = [
        "run", "in.csv", "--plaid-rate", "unlimited", "--bond-rate", "unlimited", "--settle", "1s", "--timeout",
        "3s", "--json",
    ]

    @Test("goes on where it stopped, however often it is killed, and links every account once")
    func kills() async throws {
        let seed =
            ProcessInfo.processInfo.environment["RELINK_TEST_SEED"].flatMap(UInt64.init) ?? .random(in: 1...999_999)
        let crashes = SplitMix64(seed: seed)
        var configuration = SimulatorConfiguration(seed: seed)
        configuration.behaviour.plaidLimit = nil
        configuration.behaviour.bondLimit = nil
        configuration.behaviour.bondLatency = 0.005...0.02
        configuration.behaviour.faults = [
            .link: ["bond-503-after": 0.05, "bond-503-before": 0.05, "bond-reset-after": 0.05],
            .mint: ["plaid-reset-after": 0.05],
        ]
        try await withSimulator(configuration) { address in
            var generator = crashes
            let tool = Tool(try Scratch(), url: address.url)
            try tool.folder.write(Sheet(120, customers: 50).csv, to: "in.csv")
            var doubtful = 0
            for _ in 0..<12 {
                let target = address.world.calls.count + Int.random(in: 1...40, using: &generator)
                let running = try tool.start(Self.options)
                let isDone = Flag()
                async let outcome = ended(running, isDone)
                try await eventually { address.world.calls.count >= target || isDone.isSet }
                running.send(SIGKILL)
                if try await outcome.signal == SIGKILL { doubtful += 1 }
                #expect(address.world.counts.doubleLinks == 0, "seed \(seed)")
            }
            #expect(doubtful > 0, "no run was killed, seed \(seed)")
            try await expectFixpoint(tool, address.world, seed)
        }
    }

    private func expectFixpoint(_ tool: Tool, _ world: World, _ seed: UInt64) async throws {
        for _ in 0..<5 {
            let outcome = try await tool.start(Self.options).end()
            if outcome.exitCode == 0 { break }
        }
        let posts = world.calls.count { $0.operation == .link }
        let last = try await tool.start(Self.options).end()
        #expect(last.exitCode == 0, "seed \(seed): \(last.output)")
        #expect(world.calls.count { $0.operation == .link } == posts, "seed \(seed)")
        #expect(world.counts.doubleLinks == 0, "seed \(seed)")
        #expect(world.counts.linksActive == 120, "seed \(seed)")
        let report = try await tool.run("report", "--format", "jsonl", "--mapping").output
        for link in world.links where link.isActive {
            #expect(report.contains(link.id), "the ledger does not know \(link.id), seed \(seed)")
        }
    }

    private func ended(_ running: Running, _ flag: Flag) async throws -> Tool.Outcome {
        let outcome = try await running.end()
        flag.set()
        return outcome
    }
}
