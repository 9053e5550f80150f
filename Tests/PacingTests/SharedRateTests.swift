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
        try Self.expectKept(rate, crew)
        let use = crew.use(of: rate, end / 3..<end)
        print("USE", workers, text, use, Double(crew.keeper.exchanges) / (end / .seconds(1)), crew.excess(over: Self.window(rate).limit, in: Self.window(rate).span))
        #expect(use >= 0.95, "\(SeededGenerator())")
    }

    @Test(arguments: ["400/min", "100/s"])
    func oneThatHasWorkHasItAll(text: String) async throws {
        let rate = try #require(Rate(text))
        let crew = Crew(4, at: rate, stream: 11)
        let end = Self.end(rate)
        try await crew.run {
            try await withThrowingDiscardingTaskGroup { group in
                for worker in 0..<3 { group.addTask { try await crew.work(worker, until: .seconds(5)) { _, _ in .served } } }
                try await crew.work(3..<4, until: end)
            }
        }
        try Self.expectKept(rate, crew)
        #expect(crew.use(of: rate, end / 3..<end) >= 0.95, "\(SeededGenerator())")
    }

    private static func expectKept(_ rate: Rate, _ crew: Crew) throws {
        let (limit, span) = window(rate)
        #expect(crew.excess(over: limit, in: span) <= .zero, "\(SeededGenerator())")
    }

    /// How many calls are allowed in which time.
    private static func window(_ rate: Rate) -> (limit: Int, span: Duration) {
        if case .perMinute(let calls) = rate { return (Int(calls), .seconds(60)) }
        return (Int(rate.callsPerSecond), .seconds(1))
    }

    private static func end(_ rate: Rate) -> Duration { window(rate).span * (rate.callsPerSecond < 10 ? 3 : 20) }
}
