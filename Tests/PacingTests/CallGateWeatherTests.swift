import Pacing
import TestSupport
import Testing

/// What a gate does when the API refuses, fails or goes away.
@Suite(.timeLimit(.minutes(5))) struct CallGateWeatherTests {
    private static let slow = Rate.perSecond(0.5 / GCRA.share)

    // MARK: Holds

    @Test func awayHoldsEverybody() async {
        let bench = GateBench(jitter: 1)
        await withDiscardingTaskGroup { group in
            await bench.send(1...2, in: &group)
            #expect(await bench.waitForEntered(2) == [1, 2])
            bench.gate.leave(.away(retryAfter: .seconds(10)))
            bench.gate.leave(.served)
            await bench.send(3...5, in: &group)
            await bench.manual.waitForSleepers()
            #expect(bench.manual.nextDeadline?.sinceStart == .seconds(11))
            bench.manual.advance(by: .milliseconds(10_999))
            #expect(await bench.entered() == [1, 2])
            bench.manual.advance(by: .milliseconds(1))
            #expect(await bench.waitForEntered(5) == [1, 2, 3, 4, 5])
        }
    }

    @Test func holdReachesTheHeadThatSleepsForThePacer() async {
        let bench = GateBench(rate: Self.slow)
        await withDiscardingTaskGroup { group in
            await bench.send(1...2, in: &group)
            await bench.manual.waitForSleepers()
            #expect(await bench.waitForEntered(1) == [1])
            bench.gate.leave(.overLimit(retryAfter: .seconds(30)))
            bench.manual.advanceToNextDeadline()
            await bench.manual.waitForSleepers()
            #expect(bench.manual.nextDeadline?.sinceStart == .seconds(30))
            #expect(await bench.entered() == [1])
            bench.manual.advanceToNextDeadline()
            #expect(await bench.waitForEntered(2) == [1, 2])
        }
    }

    @Test func holdWithoutAWishGrowsUntilTheRefusalsAreOver() async throws {
        let bench = GateBench(jitter: 1)
        for seconds in [1, 3, 9, 20] {
            try await Self.expectHold(of: seconds, then: .overLimit(retryAfter: nil), bench)
        }
        // One call served is not the end of it; five seconds without a refusal are.
        _ = try await Self.answer(.served, bench)
        try await Self.expectHold(of: 20, then: .overLimit(retryAfter: nil), bench)
        for _ in 0..<3 {
            _ = try await Self.answer(.served, bench)
            bench.manual.advance(by: .seconds(3))
        }
        try await Self.expectHold(of: 1, then: .overLimit(retryAfter: nil), bench)
    }

    @Test func awayHoldsWithoutLoweringTheRate() async throws {
        let bench = GateBench(rate: .perSecond(100), jitter: 1)
        _ = try await Self.answer(.served, bench)
        #expect(try await Self.answer(.away(retryAfter: .seconds(10)), bench).isOut)
        try await Self.enter(bench)
        #expect(bench.clock.uptime() >= .seconds(11))
        #expect(bench.gate.learnedKnee == nil)
        let start = bench.clock.uptime()
        try await Self.enter(bench)
        #expect(bench.clock.uptime() - start < .milliseconds(11))
    }

    @Test func failureWithAWishHoldsToo() async throws {
        let bench = GateBench()
        let health = try await Self.answer(.failed(isFirst: true, retryAfter: .seconds(7)), bench)
        #expect(health.isOut)
        try await Self.enter(bench)
        #expect(bench.clock.uptime() == .seconds(7))
    }

    // MARK: The rate in force

    @Test func refusalsSlowTheGateDown() async throws {
        let bench = GateBench(rate: .perSecond(10 / GCRA.share))
        _ = try await Self.answer(.served, bench)
        _ = try await Self.answer(.overLimit(retryAfter: .zero), bench)
        try await Self.enter(bench)
        let start = bench.clock.uptime()
        try await Self.enter(bench)
        #expect(abs((bench.clock.uptime() - start) / .milliseconds(1_000 / 7.0) - 1) < 1e-3)
        #expect(bench.gate.learnedKnee.map { abs($0 - 10 / GCRA.share) < 1e-9 } == true)
    }

    @Test func gateBeginsBelowTheKneeThatWasLearned() async throws {
        let manual = ManualClock()
        let clock = PacingClock(manual)
        let gate = CallGate(rate: .perSecond(10), knee: 2, concurrency: 4, clock: clock) { 0 }
        try await manual.run {
            for _ in 0..<2 {
                try await gate.enter()
                gate.free()
            }
        }
        #expect(abs(clock.uptime() / .seconds(1 / (2 * 0.95 * GCRA.share)) - 1) < 1e-6)
    }

    // MARK: The breaker

    @Test func fiveFailuresPauseTheApiAndThenOneCallAtATimeTriesIt() async throws {
        let bench = GateBench(concurrency: 9)
        for _ in 0..<9 { _ = try await Self.answer(.served, bench) }
        for _ in 0..<4 { #expect(try await !Self.answer(.failed(isFirst: true, retryAfter: nil), bench).isOut) }
        #expect(try await Self.answer(.failed(isFirst: true, retryAfter: nil), bench).isOut)
        await withDiscardingTaskGroup { group in
            await bench.send(1...4, in: &group)
            await bench.manual.waitForSleepers()
            #expect(bench.manual.nextDeadline?.sinceStart == .seconds(5))
            bench.manual.advanceToNextDeadline()
            #expect(await bench.waitForEntered(1) == [1], "one probe, although nine places were open")
            #expect(await bench.gate.leave(.failed(isFirst: true, retryAfter: nil)).isOut)
            await bench.manual.waitForSleepers()
            #expect(bench.manual.nextDeadline?.sinceStart == .seconds(15))
            bench.manual.advanceToNextDeadline()
            #expect(await bench.waitForEntered(2) == [1, 2])
            #expect(!bench.gate.leave(.served).isOut)
            // Two places and one more for the probe that was served.
            #expect(await bench.waitForEntered(4) == [1, 2, 3, 4])
        }
    }

    @Test func afterARefusalOneCallAtATimeIsTriedUntilOneIsServed() async {
        let bench = GateBench()
        await withDiscardingTaskGroup { group in
            for caller in 1...3 {
                await bench.send(caller...caller, in: &group)
                _ = await bench.waitForEntered(caller)
                bench.gate.leave(.served)
            }
            await bench.send(4...4, in: &group)
            _ = await bench.waitForEntered(4)
            bench.gate.leave(.overLimit(retryAfter: .seconds(1)))
            await bench.send(5...7, in: &group)
            await bench.manual.waitForSleepers()
            bench.manual.advance(by: .seconds(2))
            #expect(await bench.waitForEntered(5) == [1, 2, 3, 4, 5])
            bench.gate.leave(.served)
            #expect(await bench.waitForEntered(7) == [1, 2, 3, 4, 5, 6, 7])
        }
    }

    @Test func rowsThatFailAtEveryTryAreNoOutage() async throws {
        let bench = GateBench()
        for _ in 0..<3 {
            for isFirst in [true, false, false, false] {
                #expect(try await !Self.answer(.faltered(isFirst: isFirst), bench).isOut)
            }
        }
        for _ in 0..<6 { #expect(try await !Self.answer(.faltered(isFirst: true), bench).isOut) }
        #expect(try await Self.answer(.faltered(isFirst: true), bench).isOut)
    }

    @Test func tellsHowLongTheTroubleLasts() async throws {
        let bench = GateBench()
        let steps: [(CallGate.Feedback, Int)] = [
            (.failed(isFirst: true, retryAfter: nil), 0), (.overLimit(retryAfter: .zero), 5),
            (.away(retryAfter: .zero), 10),
            (.faltered(isFirst: false), 15), (.served, 0), (.failed(isFirst: true, retryAfter: nil), 0), (.refused, 0),
            (.overLimit(retryAfter: .zero), 0), (.failed(isFirst: true, retryAfter: nil), 5),
        ]
        for (feedback, seconds) in steps {
            let answeredAt = bench.clock.uptime()
            #expect(try await Self.answer(feedback, bench).trouble == .seconds(seconds), "\(feedback)")
            bench.manual.advance(by: .seconds(5) - (bench.clock.uptime() - answeredAt))
        }
    }

    /// Sends one call that gets this answer, and sees how long the next has to wait.
    private static func expectHold(
        of seconds: Int,
        then feedback: CallGate.Feedback,
        _ bench: GateBench
    ) async throws {
        _ = try await answer(feedback, bench)
        let start = bench.clock.uptime()
        // The pacer, which has slowed down, may hold the call longer than the hold itself.
        try await enter(bench)
        let waited = bench.clock.uptime() - start
        #expect(waited >= .seconds(seconds) && waited < .seconds(seconds + 6), "\(waited)")
    }

    @discardableResult
    private static func answer(_ feedback: CallGate.Feedback, _ bench: GateBench) async throws -> CallGate.Health {
        try await bench.manual.run { _ = try await bench.gate.enter() }
        return bench.gate.leave(feedback)
    }

    /// Waits through the gate, and gives the place back unused.
    private static func enter(_ bench: GateBench) async throws {
        try await bench.manual.run {
            try await bench.gate.enter()
            bench.gate.free()
        }
    }
}
