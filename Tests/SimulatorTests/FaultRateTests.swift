import Simulator
import Testing

@Suite struct FaultRateTests {
    private func statuses(seed: UInt64, rows: [Int]) async throws -> [Int: Int] {
        var configuration = SimulatorConfiguration(seed: seed)
        configuration.behaviour.faults = [.mint: ["plaid-503": 0.3, "plaid-429": 0.2]]
        var statuses: [Int: Int] = [:]
        try await Harness.run(configuration) { (harness: Harness) async throws in
            for row in rows {
                statuses[row] = try await harness.mint(account: "account-\(row)").status
            }
        }
        return statuses
    }

    @Test func equalSeedsGiveEqualFaultsInAnyOrderOfRows() async throws {
        let first = try await statuses(seed: 7, rows: Array(0..<60))
        let second = try await statuses(seed: 7, rows: (0..<60).reversed())
        #expect(first == second)
        #expect(try await statuses(seed: 8, rows: Array(0..<60)) != first)
        #expect(Set(first.values) == [200, 429, 503])
    }

    @Test func theRateIsMet() async throws {
        let faulty = try await statuses(seed: 3, rows: Array(0..<300)).values.count { $0 != 200 }
        #expect((110...190).contains(faulty))
    }

    @Test func splitMixGivesItsPublishedSequence() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }

    @Test func refusesProbabilitiesThatAreNone() {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.faults = [.link: ["bond-503-after": 1.5]]
        #expect(throws: SimulatorError.badProbability("bond-503-after")) {
            try Simulator(configuration: configuration)
        }
    }
}
