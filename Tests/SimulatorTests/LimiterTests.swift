import NIOHTTP1
import Simulator
import Testing

/// The three ways to count one limit; the manual clock starts at 10:00:00.123 on a whole period.
@Suite struct LimiterTests {
    private func configuration(_ limiter: LimiterKind, period: Double = 60) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.bondLimit = 6
        configuration.behaviour.limiter = limiter
        configuration.behaviour.limitPeriod = period
        configuration.behaviour.retryAfter = .seconds
        return configuration
    }

    /// The statuses of so many lists at once.
    private func statuses(_ count: Int, _ harness: Harness) async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count { statuses.append(try await harness.list().status) }
        return statuses
    }

    @Test func aFixedWindowBeginsAnewWithThePeriod() async throws {
        try await Harness.run(configuration(.fixedWindow)) { (harness: Harness) async throws in
            harness.clock.advance(by: 50)
            #expect(try await statuses(6, harness) == Array(repeating: 200, count: 6))
            #expect(try await harness.list().headers["retry-after"] == ["10"])
            harness.clock.advance(by: 10)
            #expect(try await statuses(7, harness) == Array(repeating: 200, count: 6) + [429])
        }
    }

    @Test func aTokenBucketFlowsEvenlyOnceItIsEmpty() async throws {
        try await Harness.run(configuration(.tokenBucket)) { (harness: Harness) async throws in
            #expect(try await statuses(7, harness) == Array(repeating: 200, count: 6) + [429])
            harness.clock.advance(by: 9.5)
            #expect(try await harness.list().headers["retry-after"] == ["1"])
            harness.clock.advance(by: 0.5)
            #expect(try await statuses(2, harness) == [200, 429])
            harness.clock.advance(by: 3600)
            #expect(try await statuses(7, harness) == Array(repeating: 200, count: 6) + [429])
        }
    }

    @Test func aShorterPeriodCountsTheSameRate() async throws {
        try await Harness.run(configuration(.slidingWindow, period: 20)) { (harness: Harness) async throws in
            #expect(try await statuses(3, harness) == [200, 200, 429])
            harness.clock.advance(by: 20)
            #expect(try await statuses(3, harness) == [200, 200, 429])
        }
    }

    @Test func callsBeforeALimitCameIntoForceCount() async throws {
        var configuration = configuration(.slidingWindow)
        configuration.behaviour.bondLimit = nil
        try await Harness.run(configuration) { (harness: Harness) async throws in
            #expect(try await statuses(4, harness) == Array(repeating: 200, count: 4))
            try harness.world.change { $0.bondLimit = 2 }
            #expect(try await harness.list().status == 429)
            harness.clock.advance(by: 60)
            #expect(try await harness.list().status == 200)
        }
    }

    @Test func aPeriodOfNothingIsRefused() {
        #expect(throws: SimulatorError.badPeriod(0)) {
            try Simulator(configuration: configuration(.slidingWindow, period: 0))
        }
    }
}
