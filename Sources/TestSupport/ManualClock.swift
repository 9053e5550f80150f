import Synchronization

/// A clock that moves only when a test tells it to.
///
/// Sleepers are woken in the order of their deadlines.
package final class ManualClock: Clock {
    /// A time on the clock, as its distance from the clock's start.
    package struct Instant: InstantProtocol {
        package let sinceStart: Duration

        package init(sinceStart: Duration) {
            self.sinceStart = sinceStart
        }

        package func advanced(by duration: Duration) -> Instant {
            Instant(sinceStart: sinceStart + duration)
        }

        package func duration(to other: Instant) -> Duration {
            other.sinceStart - sinceStart
        }

        package static func < (left: Instant, right: Instant) -> Bool {
            left.sinceStart < right.sinceStart
        }
    }

    private struct Sleeper {
        let id: Int
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        let id: Int
        let wanted: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now = Instant(sinceStart: .zero)
        var lastID = 0
        var sleepers: [Sleeper] = []
        var watchers: [Watcher] = []

        mutating func takeSatisfiedWatchers() -> [Watcher] {
            let satisfied = watchers.filter { $0.wanted <= sleepers.count }
            watchers.removeAll { $0.wanted <= sleepers.count }
            return satisfied
        }
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock { $0.now } }
    package var minimumResolution: Duration { .nanoseconds(1) }

    /// How many tasks sleep now.
    package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// When the next sleeper wakes; nothing where nobody sleeps.
    package var nextDeadline: Instant? { state.withLock { $0.sleepers.map(\.deadline).min() } }

    /// Sleeps until the clock is moved to `deadline` or past it.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    package func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        let id = makeID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                admit(Sleeper(id: id, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Moves the clock and wakes everybody whose time has come; what they do next, they do in their own tasks.
    package func advance(by duration: Duration) {
        precondition(duration >= .zero, "a clock does not go back")
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Moves the clock to the next deadline, if anybody sleeps, and wakes whom it concerns.
    package func advanceToNextDeadline() {
        guard let deadline = nextDeadline else { return }
        advance(by: max(.zero, now.duration(to: deadline)))
    }

    /// Waits until at least `count` tasks sleep on this clock, or the waiting task is cancelled; goes by no other clock.
    package func waitForSleepers(_ count: Int = 1) async {
        let id = makeID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state in
                    state.watchers.append(
                        Watcher(id: id, wanted: Task.isCancelled ? 0 : count, continuation: continuation)
                    )
                    return state.takeSatisfiedWatchers()
                }
                for watcher in ready { watcher.continuation.resume() }
            }
        } onCancel: {
            dismissWatcher(id)
        }
    }

    /// Runs `body` and, until it ends, moves the clock to the next deadline whenever somebody sleeps.
    package func run<Value: Sendable>(
        during body: @Sendable () async throws -> Value
    ) async rethrows -> Value {
        async let _: Void = drive()
        let value = try await body()
        // Leaving the scope cancels the driver and waits for it.
        return value
    }

    private func drive() async {
        while !Task.isCancelled {
            await waitForSleepers()
            advanceToNextDeadline()
        }
    }

    private func makeID() -> Int {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    /// Puts the sleeper to bed, unless its time has come or its task was cancelled before it got here.
    private func admit(_ sleeper: Sleeper) {
        let refusal: Result<Void, any Error>? = state.withLock { state in
            // The cancellation handler takes the same lock: it finds the sleeper, or the flag was set before this.
            if Task.isCancelled { return .failure(CancellationError()) }
            guard sleeper.deadline > state.now else { return .success(()) }
            state.sleepers.append(sleeper)
            return nil
        }
        if let refusal { return sleeper.continuation.resume(with: refusal) }
        for watcher in state.withLock({ $0.takeSatisfiedWatchers() }) { watcher.continuation.resume() }
    }

    private func cancel(_ id: Int) {
        let cancelled = state.withLock { state in
            let index = state.sleepers.firstIndex { $0.id == id }
            return index.map { state.sleepers.remove(at: $0) }
        }
        cancelled?.continuation.resume(throwing: CancellationError())
    }

    private func dismissWatcher(_ id: Int) {
        let dismissed = state.withLock { state in
            let index = state.watchers.firstIndex { $0.id == id }
            return index.map { state.watchers.remove(at: $0) }
        }
        dismissed?.continuation.resume()
    }
}
