package import Domain
package import Pacing
import Synchronization

/// A clock that really waits for nobody: time moves on to the next sleeper's deadline when the others had their turn.
///
/// Sleeps of an hour and more, such as a run's deadline, wait until other sleeps or calls have moved the time there.
package final class VirtualClock: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var next = 0
        var naps: [Int: Duration] = [:]
        var longNaps: [Int: (deadline: Duration, wake: CheckedContinuation<Void, any Error>)] = [:]
        var slept = Duration.zero
    }

    private static let start = Timestamp(milliseconds: 1_790_000_000_000)
    private static let longNap = Duration.seconds(3_600)
    private static let turns = 6

    private let state = Mutex(State())

    package init() {}

    /// The clock as the pipeline takes it.
    package var pacing: PacingClock {
        PacingClock(uptime: { self.uptime }, sleep: { try await self.sleep($0) })
    }

    /// Time since the clock was made.
    package var uptime: Duration { state.withLock { $0.elapsed } }

    /// The time of day.
    package var now: Timestamp { Self.start + uptime }

    /// The sum of all sleeps asked for that took place.
    package var slept: Duration { state.withLock { $0.slept } }

    /// Lets time pass.
    package func advance(by duration: Duration) {
        advance(to: uptime + duration)
    }

    private func advance(to moment: Duration) {
        let woken = state.withLock { state in
            state.elapsed = max(state.elapsed, moment)
            let due = state.longNaps.filter { $0.value.deadline <= state.elapsed }
            for number in due.keys { state.longNaps[number] = nil }
            return due.values.map(\.wake)
        }
        for wake in woken { wake.resume() }
    }

    private func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        if duration >= Self.longNap { return try await longSleep(duration) }
        let number = state.withLock { state in
            state.next += 1
            state.naps[state.next] = state.elapsed + duration
            state.slept += duration
            return state.next
        }
        defer { state.withLock { $0.naps[number] = nil } }
        var patience = Self.turns
        while true {
            await Task.yield()
            try Task.checkCancellation()
            let (deadline, isFirst) = state.withLock { state in
                let own = state.naps[number] ?? .zero
                return (own, !state.naps.contains { ($0.value, $0.key) < (own, number) })
            }
            if uptime >= deadline { return }
            if isFirst { patience -= 1 }
            if patience <= 0 { return advance(to: deadline) }
        }
    }

    private func longSleep(_ duration: Duration) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (wake: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled { return wake.resume(throwing: CancellationError()) }
                state.withLock { $0.longNaps[number] = ($0.elapsed + duration, wake) }
                // A cancellation that came before the nap was noted found nothing to wake.
                if Task.isCancelled { interrupt(number) }
            }
        } onCancel: {
            interrupt(number)
        }
    }

    private func interrupt(_ number: Int) {
        state.withLock { $0.longNaps.removeValue(forKey: number) }?.wake.resume(throwing: CancellationError())
    }
}
