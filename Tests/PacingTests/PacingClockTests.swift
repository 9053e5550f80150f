import Pacing
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct PacingClockTests {
    @Test func cancelledSleepThrows() async {
        let manual = ManualClock()
        let clock = PacingClock(manual)
        let sleeper = Task { try await clock.sleep(.seconds(60)) }
        await manual.waitForSleepers()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test func uptimeCountsFromItsMaking() async throws {
        let manual = ManualClock()
        manual.advance(by: .seconds(500))
        let clock = PacingClock(manual)
        #expect(clock.uptime() == .zero)
        manual.advance(by: .seconds(3))
        #expect(clock.uptime() == .seconds(3))
        try await manual.run { try await clock.sleep(.seconds(4)) }
        #expect(clock.uptime() == .seconds(7))
    }
}
