import TestSupport
import Testing

/// The clock that the other tests go by.
@Suite(.timeLimit(.minutes(5))) struct ManualClockTests {
    @Test func cancelledSleeperThrowsAtOnce() async {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(1)) }
        await clock.waitForSleepers()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func sleeperThatIsCancelledBeforeItSleepsThrows() async {
        let clock = ManualClock()
        let sleeper = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func sleepsNotForTimesThatHavePassed() async throws {
        let clock = ManualClock()
        clock.advance(by: .seconds(5))
        try await clock.sleep(until: ManualClock.Instant(sinceStart: .seconds(5)))
        try await clock.sleep(for: .seconds(-1))
        #expect(clock.sleeperCount == 0)
    }

    @Test func wakesWhoseTimeHasCome() async {
        let clock = ManualClock()
        let log = EventLog<Int>()
        await withDiscardingTaskGroup { group in
            for seconds in [3, 1, 2] {
                group.addTask {
                    try? await clock.sleep(for: .seconds(seconds))
                    log.append(seconds)
                }
            }
            await clock.waitForSleepers(3)
            #expect(clock.nextDeadline == ManualClock.Instant(sinceStart: .seconds(1)))
            clock.advance(by: .milliseconds(999))
            #expect(clock.sleeperCount == 3)
            for count in 1...3 {
                clock.advanceToNextDeadline()
                #expect(await log.wait(for: count) == Array(1...count))
                #expect(clock.sleeperCount == 3 - count)
            }
        }
        #expect(clock.now.sinceStart == .seconds(3))
    }

    @Test func runsUntilTheWorkIsDone() async throws {
        let clock = ManualClock()
        try await clock.run {
            for _ in 0..<10 { try await clock.sleep(for: .seconds(60)) }
        }
        #expect(clock.now.sinceStart == .seconds(600))
    }

    @Test func waitingForSleepersEndsWithItsTask() async {
        let clock = ManualClock()
        let watcher = Task { await clock.waitForSleepers(5) }
        watcher.cancel()
        await watcher.value
    }
}

@Suite struct SeededGeneratorTests {
    @Test func numbersFollowFromTheSeed() {
        // The published first numbers of SplitMix64 for the seed 1234567.
        var random = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<3).map { _ in random.next() }
        #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
        var again = SeededGenerator(seed: 1_234_567)
        #expect(again.next() == numbers.first)
        var other = SeededGenerator(seed: 1_234_567, stream: 1)
        #expect(other.next() != numbers.first)
    }

    @Test func saysHowToRepeatIt() {
        #expect("\(SeededGenerator(seed: 7))" == "RELINK_TEST_SEED=7")
        #expect("\(SeededGenerator(seed: 7, stream: 3))" == "RELINK_TEST_SEED=7, round 3")
    }

    @Test func unitIsAFractionOfOne() {
        var random = SeededGenerator()
        let seed = "\(random)"
        for _ in 0..<1_000 { #expect((0..<1).contains(random.unit()), "\(seed)") }
    }
}
