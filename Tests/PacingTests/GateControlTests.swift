import Pacing
import TestSupport
import Testing

/// Steering a gate while calls wait at it.
@Suite(.timeLimit(.minutes(5))) struct GateControlTests {
    /// One call each 2 seconds.
    private static let slow = Rate.perSecond(0.5 / GCRA.share)

    @Test func pausedGateLetsNobodyThroughUntilItIsResumed() async {
        let bench = GateBench()
        bench.gate.pause()
        await withDiscardingTaskGroup { group in
            await bench.send(1...2, in: &group)
            await bench.manual.waitForSleepers()
            #expect(await bench.entered().isEmpty)
            #expect(bench.gate.reading.limit == .paused)
            bench.gate.resume()
            #expect(await bench.waitForEntered(2) == [1, 2])
        }
    }

    @Test func pauseReachesTheHeadThatSleepsForThePacer() async {
        let bench = GateBench(rate: Self.slow)
        await withDiscardingTaskGroup { group in
            await bench.send(1...2, in: &group)
            await bench.manual.waitForSleepers()
            bench.gate.pause()
            bench.manual.advance(by: .seconds(10))
            await bench.manual.waitForSleepers()
            #expect(await bench.entered() == [1])
            bench.gate.resume()
            #expect(await bench.waitForEntered(2) == [1, 2])
        }
    }

    @Test func closingEndsAPause() async {
        let bench = GateBench()
        bench.gate.pause()
        await withDiscardingTaskGroup { group in
            await bench.send(1...1, in: &group)
            await bench.manual.waitForSleepers()
            bench.gate.close()
            await bench.log.wait(for: 1)
            #expect(bench.log.events == [.turnedAway(1)])
        }
    }

    @Test func aPauseIsNoTroubleOfTheApi() async throws {
        let bench = GateBench()
        try await bench.gate.enter()
        await bench.gate.leave(.failed(isFirst: true, retryAfter: nil))
        bench.gate.pause()
        bench.manual.advance(by: .seconds(3_600))
        bench.gate.resume()
        #expect(await bench.gate.heed(.failed(isFirst: true, retryAfter: nil)).trouble == .zero)
    }

    @Test func aHigherRateLetsTheHeadGoSooner() async {
        let bench = GateBench(rate: Self.slow)
        await withDiscardingTaskGroup { group in
            await bench.send(1...2, in: &group)
            await bench.manual.waitForSleepers()
            bench.gate.change(ceiling: .perSecond(2 / GCRA.share))
            await bench.manual.waitForSleepers()
            bench.manual.advance(by: .milliseconds(500))
            #expect(await bench.waitForEntered(2) == [1, 2])
        }
        #expect(bench.log.events.last == .entered(2, at: .milliseconds(500)))
    }

    @Test func aLowerRateHoldsFromTheNextCallOn() async {
        let bench = GateBench(rate: .perSecond(2 / GCRA.share))
        await withDiscardingTaskGroup { group in
            await bench.send(1...1, in: &group)
            #expect(await bench.waitForEntered(1) == [1])
            bench.gate.change(ceiling: Self.slow)
            for caller in 2...3 {
                bench.gate.free()
                await bench.send(caller...caller, in: &group)
                await bench.manual.waitForSleepers()
                bench.manual.advance(by: .seconds(2))
                _ = await bench.waitForEntered(caller)
            }
        }
        #expect(
            bench.log.events == [.entered(1, at: .zero), .entered(2, at: .seconds(2)), .entered(3, at: .seconds(4))]
        )
    }

    @Test func whatWasLearnedStaysUnderAnotherCeiling() async throws {
        let bench = GateBench(rate: .perSecond(100))
        try await bench.gate.enter()
        bench.gate.leave(.overLimit(retryAfter: nil))
        let learned = bench.gate.reading.callsPerSecond
        #expect(learned == 70)
        bench.gate.change(ceiling: .perSecond(200))
        #expect(bench.gate.reading.callsPerSecond == 70)
        bench.gate.change(ceiling: .perSecond(20))
        #expect(bench.gate.reading.callsPerSecond == 20)
        #expect(bench.gate.learnedKnee == nil, "it would begin above the ceiling")
    }

    @Test func readingTellsWhatHoldsCallsBack() async throws {
        let bench = GateBench(rate: Self.slow, concurrency: 1)
        #expect(bench.gate.reading.limit == .nothing)
        try await bench.gate.enter()
        await withDiscardingTaskGroup { group in
            await bench.send(1...1, in: &group)
            #expect(bench.gate.reading.limit == .concurrency)
            bench.gate.free()
            await bench.manual.waitForSleepers()
            #expect(bench.gate.reading.limit == .rate)
            bench.gate.heed(.away(retryAfter: .seconds(30)))
            #expect(bench.gate.reading.limit == .hold(.seconds(30)))
            for _ in 0..<5 { await bench.gate.heed(.failed(isFirst: true, retryAfter: nil)) }
            #expect(bench.gate.reading.limit == .outage(.seconds(5)))
            bench.gate.close()
        }
    }

    @Test func readingTellsHowFastCallsAreServed() async throws {
        let bench = GateBench()
        for _ in 0..<12 {
            for _ in 0..<3 {
                try await bench.gate.enter()
                bench.gate.leave(.served)
            }
            bench.manual.advance(by: .seconds(1))
        }
        #expect(bench.gate.reading.servedPerSecond == 3)
        bench.manual.advance(by: .seconds(5))
        #expect(bench.gate.reading.servedPerSecond == 1.5)
    }

    /// Admitted in time, and then held up by a disk for so long that all would leave at once.
    @Test func callsThatWereHeldUpLeaveOneAfterTheOther() async {
        let bench = GateBench(rate: .perSecond(10 / GCRA.share))
        let left = EventLog<Duration>()
        bench.manual.advance(by: .seconds(60))
        await withDiscardingTaskGroup { group in
            for _ in 0..<30 { group.addTask { await depart(bench, left) } }
            // A second's worth leaves at once.
            await left.wait(for: 11)
            await bench.manual.waitForSleepers(19)
            #expect(left.events.count == 11)
            for _ in 0..<19 { bench.manual.advance(by: .milliseconds(100)) }
            await left.wait(for: 30)
        }
        for (number, time) in left.events.suffix(19).enumerated() {
            #expect(time >= .milliseconds(60_000 + 100 * number))
        }
    }

    @Test func aCallThatWasHeldUpLeavesInTheEnd() async {
        let bench = GateBench(rate: .perSecond(0.1))
        let left = EventLog<Duration>()
        await withDiscardingTaskGroup { group in
            for _ in 0..<2 { group.addTask { await depart(bench, left) } }
            await bench.manual.waitForSleepers()
            bench.manual.advance(by: .seconds(5))
            await left.wait(for: 2)
            group.cancelAll()
        }
        #expect(left.events == [.zero, .seconds(5)])
    }

    private func depart(_ bench: GateBench, _ left: EventLog<Duration>) async {
        await bench.gate.depart()
        left.append(bench.clock.uptime())
    }
}
