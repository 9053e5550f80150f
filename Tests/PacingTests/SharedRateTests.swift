import Pacing
import TestSupport
import Testing

/// Several workers at one rate: together they keep it and use it.
@Suite(.timeLimit(.minutes(5))) struct SharedRateTests {
    @Test(arguments: [1, 2, 4, 8], ["400/min", "100/s"])
    func allTogetherKeepTheRateAndUseIt(workers: Int, text: String) async throws {
        let rate = try #require(Rate(text))
        let crew = Crew(workers, at: rate, stream: UInt64(workers))
        let end = Self.end(rate)
        try await crew.run { try await crew.work(0..<workers, until: end) }
        crew.expectKept(rate)
        #expect(crew.use(of: rate, end / 3..<end) >= 0.95, "\(SeededGenerator())")
        for worker in 0..<workers {
            #expect(!crew.sends(in: end / 3..<end, of: worker..<worker + 1).isEmpty, "all have their part")
        }
    }

    @Test(arguments: ["400/min", "100/s"])
    func oneThatHasWorkHasItAll(text: String) async throws {
        let rate = try #require(Rate(text))
        let crew = Crew(4, at: rate, stream: 11)
        let end = Self.end(rate)
        try await crew.run {
            async let others: Void = crew.work(0..<3, until: .seconds(5))
            try await crew.work(3..<4, until: end)
            try await others
        }
        crew.expectKept(rate)
        #expect(crew.use(of: rate, end / 3..<end) >= 0.95, "\(SeededGenerator())")
    }

    @Test func whoDiesCostsNoMoreThanItsGrants() async throws {
        let rate = Rate.perSecond(100)
        let crew = Crew(2, at: rate, stream: 12)
        try await crew.run {
            async let survivor: Void = crew.work(1, until: .seconds(20)) { _, _ in .served }
            // Cancelled in the middle of everything, as if its process had been killed.
            await withTaskGroup { group in
                group.addTask { try? await crew.work(0, until: .seconds(60)) { _, _ in .served } }
                try? await crew.wait(until: .seconds(5))
                group.cancelAll()
            }
            try await survivor
        }
        crew.expectKept(rate)
        #expect(crew.sends(in: .seconds(6) ..< .seconds(20), of: 0..<1).isEmpty)
        // In a fifth of a second as many calls may leave as it had drawn at the most.
        #expect(crew.use(of: rate, .seconds(5) ..< .seconds(6)) >= 0.98 - 0.2, "\(SeededGenerator())")
        #expect(crew.use(of: rate, .seconds(6) ..< .seconds(20)) >= 0.95, "\(SeededGenerator())")
    }

    @Test(arguments: ["400/min", "100/s"])
    func stallLeavesNoBurst(text: String) async throws {
        let rate = try #require(Rate(text))
        let stall = Duration.seconds(5) ..< .seconds(9)
        let crew = Crew(Array(repeating: rate, count: 4), stall: stall, stream: 13)
        try await crew.run { try await crew.work(0..<4, until: Self.end(rate)) }
        crew.expectKept(rate)
        // What had been drawn for the time of the stall is void.
        let first = crew.sends(in: stall.upperBound..<stall.upperBound + .milliseconds(100))
        #expect(Double(first.count) <= 0.1 * rate.callsPerSecond + 3, "\(first) \(SeededGenerator())")
        #expect(crew.sends(in: stall).count < 10)
    }

    @Test func eachKeepsItsOwnCeilingAndTheNewestIsThatOfAll() async throws {
        let (low, high) = (Rate.perSecond(20), Rate.perSecond(100))
        let crew = Crew([low, high], stream: 14)
        try await crew.run {
            async let slow: Void = crew.work(0, until: .seconds(30)) { _, _ in .served }
            try await crew.wait(until: .seconds(1))
            async let fast: Void = crew.work(1, until: .seconds(30)) { _, _ in .served }
            try await crew.wait(until: .seconds(15))
            crew.gates[1].change(ceiling: .perSecond(50))
            _ = try await (slow, fast)
        }
        crew.expectKept(high)
        let own = crew.sends(in: .zero ..< .seconds(30), of: 0..<1)
        #expect(zip(own, own.dropFirst(20)).allSatisfy { $1 - $0 >= .seconds(1) }, "\(SeededGenerator())")
        #expect(own.count > 100)
        #expect(crew.use(of: high, .seconds(5) ..< .seconds(15)) >= 0.95, "\(SeededGenerator())")
        let after = crew.sends(in: .seconds(16) ..< .seconds(30))
        #expect(zip(after, after.dropFirst(50)).allSatisfy { $1 - $0 >= .seconds(1) }, "\(SeededGenerator())")
        #expect(Double(after.count) >= 14 * 50 * 0.95, "\(SeededGenerator())")
    }

    @Test func endlessRateIsNotDrawn() async throws {
        let crew = Crew(2, at: .unlimited, stream: 15)
        try await crew.run {
            try await crew.work(0..<2, until: .seconds(10)) { worker, at in
                worker == 0 && at > .seconds(5) && at < .milliseconds(5_150) ? .away(retryAfter: .seconds(3)) : .served
            }
        }
        // 24 calls at a time, 150 ms each.
        #expect(crew.sends(in: .seconds(2) ..< .seconds(4)).count > 2 * 2 * 24 * 6)
        #expect(crew.sends(in: .milliseconds(6_500) ..< .milliseconds(8_100)).isEmpty, "\(SeededGenerator())")
        #expect(!crew.sends(in: .seconds(9) ..< .seconds(10), of: 1..<2).isEmpty)
        #expect(crew.keeper.exchanges < 40)
    }

    private static func end(_ rate: Rate) -> Duration { rate.window.span * (rate.callsPerSecond < 10 ? 3 : 20) }
}
