import Pacing
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct SleepersTests {
    @Test func closingWakesEverybodyAndNobodySleepsAnyMore() async {
        let manual = ManualClock()
        let sleepers = Sleepers(PacingClock(manual))
        let log = EventLog<Bool>()
        await withDiscardingTaskGroup { group in
            for seconds in 1...3 { group.addTask { await Self.sleep(seconds, on: sleepers, log) } }
            await manual.waitForSleepers(3)
            sleepers.close()
            #expect(await log.wait(for: 3) == [false, false, false])
        }
        #expect(manual.sleeperCount == 0)
        sleepers.close()
        await #expect(throws: CancellationError.self) { try await sleepers.clock.sleep(.seconds(1)) }
    }

    /// What wakes between a look at the state and the wait that follows from it is not lost: nobody moves this clock.
    @Test func whoWasWokenBeforeItSleptDoesNotSleep() async throws {
        let manual = ManualClock()
        let sleepers = Sleepers(PacingClock(manual))
        let wakes = sleepers.wakes
        sleepers.wake()
        try await sleepers.sleep(.seconds(3_600), since: wakes)
        #expect(manual.sleeperCount == 0)
    }

    @Test func cancelledTaskWakesAlone() async {
        let manual = ManualClock()
        let sleepers = Sleepers(PacingClock(manual))
        let log = EventLog<Bool>()
        await withDiscardingTaskGroup { group in
            group.addTask { await Self.sleep(60, on: sleepers, log) }
            await manual.waitForSleepers()
            let cancelled = Task { try await sleepers.clock.sleep(.seconds(5)) }
            await manual.waitForSleepers(2)
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            #expect(manual.sleeperCount == 1)
            manual.advance(by: .seconds(60))
            #expect(await log.wait(for: 1) == [true])
        }
    }

    @Test func goesByTheClockBeneath() async throws {
        let manual = ManualClock()
        let clock = Sleepers(PacingClock(manual)).clock
        try await manual.run { try await clock.sleep(.seconds(4)) }
        #expect(clock.uptime() == .seconds(4))
    }

    /// Notes whether the sleep lasted to its end.
    private static func sleep(_ seconds: Int, on sleepers: Sleepers, _ log: EventLog<Bool>) async {
        do {
            try await sleepers.clock.sleep(.seconds(seconds))
            log.append(true)
        } catch {
            log.append(false)
        }
    }
}
