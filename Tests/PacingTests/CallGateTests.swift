import Pacing
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct CallGateTests {
    /// One call each 2 seconds.
    private static let slow = Rate.perSecond(0.5 / GCRA.share)

    // MARK: Closing

    @Test func closedGateTurnsNewcomersAway() async throws {
        let bench = GateBench()
        try await bench.gate.enter()
        bench.gate.close()
        bench.gate.close()
        for isRetry in [false, true] {
            await #expect(throws: CallGate.Closed.self) { try await bench.gate.enter(retry: isRetry) }
        }
        // A call in flight goes on, and its place opens nothing.
        bench.gate.leave(.served)
        await #expect(throws: CallGate.Closed.self) { try await bench.gate.enter() }
    }

    @Test func closingWakesTheHeadThatSleepsAndTheLine() async {
        let bench = GateBench(rate: Self.slow)
        await withDiscardingTaskGroup { group in
            await bench.send(1...5, in: &group)
            await bench.manual.waitForSleepers()
            #expect(await bench.waitForEntered(1) == [1])
            bench.gate.close()
            await Self.expectTurnedAway(2...5, on: bench)
        }
        #expect(bench.manual.sleeperCount == 0)
        #expect(bench.manual.now.sinceStart == .zero)
    }

    @Test func closingWakesWhoWaitsForAPlaceAndTheLine() async {
        let bench = GateBench()
        await withDiscardingTaskGroup { group in
            await bench.send(1...5, in: &group)
            #expect(await bench.waitForEntered(2) == [1, 2])
            bench.gate.close()
            await Self.expectTurnedAway(3...5, on: bench)
        }
    }

    @Test func closingWakesWhoWaitsForAHold() async {
        let bench = GateBench()
        await withDiscardingTaskGroup { group in
            await bench.send(1...1, in: &group)
            #expect(await bench.waitForEntered(1) == [1])
            bench.gate.leave(.overLimit(retryAfter: .seconds(600)))
            await bench.send(2...3, in: &group)
            await bench.manual.waitForSleepers()
            bench.gate.close()
            await Self.expectTurnedAway(2...3, on: bench)
        }
    }

    @Test func closingJustAfterAPlaceIsGivenTurnsAway() async {
        let bench = GateBench()
        await withDiscardingTaskGroup { group in
            await bench.send(1...4, in: &group)
            #expect(await bench.waitForEntered(2) == [1, 2])
            bench.gate.leaveAndClose()
            await Self.expectTurnedAway(3...4, on: bench)
        }
    }

    private static func expectTurnedAway(_ callers: ClosedRange<Int>, on bench: GateBench) async {
        let events = await bench.log.wait(for: callers.upperBound)
        #expect(Set(events.filter { $0 == .turnedAway($0.caller) }.map(\.caller)) == Set(callers))
        #expect(events.count == callers.upperBound)
    }

    // MARK: Places

    @Test func twoPlacesFirstAndOneMoreForEachServed() async {
        let bench = GateBench(concurrency: 5)
        await withDiscardingTaskGroup { group in
            await bench.send(1...12, in: &group)
            #expect(await bench.waitForEntered(2) == [1, 2])
            await bench.gate.leave(.failed(isFirst: true, retryAfter: nil))
            #expect(await bench.waitForEntered(3) == Array(1...3))
            bench.gate.leave(.refused)
            #expect(await bench.waitForEntered(4) == Array(1...4))
            for expected in [6, 8, 10, 11, 12] {
                bench.gate.leave(.served)
                #expect(await bench.waitForEntered(expected) == Array(1...expected))
            }
            bench.gate.close()
        }
    }

    @Test(arguments: [(-3, 1), (0, 1), (1, 1), (2, 2), (3, 2)])
    func placesNeverPassTheConcurrency(concurrency: Int, atFirst: Int) async {
        let bench = GateBench(concurrency: concurrency)
        await withDiscardingTaskGroup { group in
            await bench.send(1...9, in: &group)
            #expect(await bench.waitForEntered(atFirst).count == atFirst)
            bench.gate.close()
        }
    }

    @Test func placeGivenBackUnusedGoesToTheNext() async {
        let bench = GateBench()
        await withDiscardingTaskGroup { group in
            await bench.send(1...5, in: &group)
            #expect(await bench.waitForEntered(2) == [1, 2])
            bench.gate.free()
            #expect(await bench.waitForEntered(3) == [1, 2, 3])
            bench.gate.free()
            #expect(await bench.waitForEntered(4) == [1, 2, 3, 4])
            bench.gate.close()
        }
    }

    @Test(arguments: [1, 2, 5, 32])
    func neverMoreInFlightThanAllowed(concurrency: Int) async throws {
        let bench = GateBench(concurrency: concurrency)
        let random = SeededGenerator(stream: UInt64(concurrency))
        let census = Census()
        try await withThrowingDiscardingTaskGroup { group in
            for caller in 0..<300 {
                var own = SeededGenerator(seed: random.seed, stream: UInt64(1_000 * concurrency + caller))
                let (turns, isServed) = (Int.random(in: 0...100, using: &own), !own.chance(oneIn: 4))
                group.addTask {
                    try await bench.gate.enter()
                    census.come()
                    for _ in 0..<turns { await Task.yield() }
                    census.go()
                    if isServed { bench.gate.leave(.served) } else { bench.gate.free() }
                }
            }
        }
        #expect(census.most <= concurrency, "\(random)")
        #expect(census.now == 0)
    }

    @Test func answerOpensAPlaceAndKeepsItsOwnUntilFreed() async {
        let bench = GateBench(concurrency: 3)
        await withDiscardingTaskGroup { group in
            await bench.send(1...6, in: &group)
            #expect(await bench.waitForEntered(2) == [1, 2])
            await bench.gate.heed(.failed(isFirst: true, retryAfter: nil))
            #expect(await bench.entered() == [1, 2])
            bench.gate.heed(.served)
            bench.gate.free()
            #expect(await bench.waitForEntered(4) == [1, 2, 3, 4])
            bench.gate.heed(.served)
            #expect(await bench.entered() == [1, 2, 3, 4])
            bench.gate.close()
        }
    }

    // MARK: Order and time

    @Test func callersEnterInTheOrderInWhichTheyCame() async {
        let bench = GateBench(rate: Self.slow, concurrency: 1)
        await withDiscardingTaskGroup { group in
            await bench.send(1...10, in: &group)
            for count in 1...10 {
                if count > 1 {
                    await bench.manual.waitForSleepers()
                    bench.manual.advanceToNextDeadline()
                }
                #expect(await bench.waitForEntered(count) == Array(1...count))
                bench.gate.leave(.served)
            }
        }
        let times = bench.log.events.map { if case .entered(_, let at) = $0 { at } else { Duration.zero } }
        for (call, time) in times.enumerated() { #expect(abs((time - .seconds(2 * call)) / .seconds(1)) < 1e-6) }
    }

    @Test func successorKeepsItsDistanceFromACallThatLeavesLate() async {
        let bench = GateBench(rate: Self.slow)
        await withDiscardingTaskGroup { group in
            await bench.send(1...1, in: &group)
            #expect(await bench.waitForEntered(1) == [1])
            bench.manual.advance(by: .milliseconds(1_500))
            await bench.gate.depart()
            await bench.send(2...2, in: &group)
            await bench.manual.waitForSleepers()
            let wait = bench.manual.nextDeadline.map { bench.manual.now.duration(to: $0) }
            #expect(wait.map { $0 > .milliseconds(1_980) && $0 <= .seconds(2) } == true)
            bench.gate.close()
        }
    }

    @Test func waitingForTimeTakesNobodysPlace() async {
        let bench = GateBench(rate: Self.slow, concurrency: 2)
        await withDiscardingTaskGroup { group in
            await bench.send(1...6, in: &group)
            for count in 2...6 {
                await bench.manual.waitForSleepers()
                #expect(bench.manual.sleeperCount == 1, "only the head sleeps")
                bench.manual.advanceToNextDeadline()
                // Both places are used, though the line was long all the time.
                #expect(await bench.waitForEntered(count) == Array(1...count))
                bench.gate.leave(.refused)
            }
        }
    }

    @Test func whoWaitsForAPlaceGoesAtOnceWhenItsTimeHasPassed() async {
        let bench = GateBench(rate: Self.slow, concurrency: 1)
        await withDiscardingTaskGroup { group in
            await bench.send(1...3, in: &group)
            #expect(await bench.waitForEntered(1) == [1])
            bench.manual.advance(by: .seconds(60))
            #expect(await bench.entered() == [1])
            await bench.gate.leave(.failed(isFirst: true, retryAfter: nil))
            #expect(await bench.waitForEntered(2) == [1, 2])
            await bench.gate.leave(.failed(isFirst: true, retryAfter: nil))
            await bench.manual.waitForSleepers()
            #expect(await bench.entered() == [1, 2])
            bench.gate.close()
        }
    }

    @Test(arguments: ["400/min", "100/s"])
    func noWindowHoldsMoreThanItsShare(text: String) async throws {
        let rate = try #require(Rate(text))
        let random = SeededGenerator(stream: UInt64(rate.callsPerSecond))
        let bench = GateBench(rate: rate, concurrency: 8)
        let starts = EventLog<Duration>()
        try await bench.manual.run {
            try await withThrowingDiscardingTaskGroup { group in
                for caller in 0..<900 {
                    var own = SeededGenerator(seed: random.seed, stream: UInt64(7_000 + caller))
                    let latency = own.unit() / 2
                    group.addTask {
                        try await bench.gate.enter()
                        starts.append(bench.clock.uptime())
                        try await bench.clock.sleep(.seconds(latency))
                        bench.gate.leave(.served)
                    }
                }
            }
        }
        let sends = starts.events.sorted()
        #expect(sends.count == 900)
        let (count, window): (Int, Duration) =
            rate.callsPerSecond < 10 ? (400, .seconds(60)) : (Int(rate.callsPerSecond), .seconds(1))
        let tightest = try #require(zip(sends, sends.dropFirst(count)).map { $1 - $0 }.min())
        #expect(tightest >= window, "\(random)")
    }

    // MARK: Retries

    @Test func onlyFirstTriesPayForRetries() async throws {
        let bench = GateBench()
        for _ in 0..<20 { #expect(bench.gate.mayRetry()) }
        #expect(!bench.gate.mayRetry())
        for _ in 0..<50 { try await Self.callOnce(bench, retry: true) }
        #expect(!bench.gate.mayRetry())
        for _ in 0..<21 { try await Self.callOnce(bench, retry: false) }
        #expect(bench.gate.mayRetry())
        #expect(bench.gate.mayRetry())
        #expect(!bench.gate.mayRetry())
    }

    private static func callOnce(_ bench: GateBench, retry: Bool) async throws {
        try await bench.gate.enter(retry: retry)
        bench.gate.leave(.served)
    }
}

extension CallGate {
    /// Gives a place back and closes before anybody can take it.
    fileprivate func leaveAndClose() {
        leave(.failed(isFirst: true, retryAfter: nil))
        close()
    }
}
