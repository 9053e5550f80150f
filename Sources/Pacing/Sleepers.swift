import Synchronization

/// Lets many tasks wait, and wakes them all when there is nothing left to wait for.
package final class Sleepers: Sendable {
    private struct State {
        var isClosed = false
        var wakes = 0
        var next = 0
        var watches: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let underlying: PacingClock
    private let state = Mutex(State())

    /// Makes sleepers that go by `clock`.
    package init(_ clock: PacingClock) {
        underlying = clock
    }

    /// The same clock, with waits that end when the sleepers are woken.
    package var clock: PacingClock {
        PacingClock(uptime: underlying.uptime, sleep: { try await self.sleep($0) })
    }

    /// How often everybody has been woken, for who looks first whether there is anything to wait for.
    package var wakes: Int { state.withLock { $0.wakes } }

    /// Wakes everybody for good: from now on nobody waits any more, and every wait throws `CancellationError`.
    package func close() {
        wakeAll { $0.isClosed = true }
    }

    /// Ends every wait early, because what was waited for may have changed.
    package func wake() {
        wakeAll { _ in }
    }

    /// Waits for the time to pass, for `wake` or for `close`, whichever is first.
    ///
    /// - Parameters:
    ///   - duration: The time.
    ///   - wakes: A reading of `wakes`: whoever has been woken since does not wait.
    /// - Throws: `CancellationError` once the sleepers are closed, or the task is cancelled.
    package func sleep(_ duration: Duration, since wakes: Int? = nil) async throws {
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { [underlying] in try await underlying.sleep(duration) }
            group.addTask {
                await self.waking(since: wakes)
                if self.isClosed || Task.isCancelled { throw CancellationError() }
            }
            try await group.next()
        }
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    private func wakeAll(_ change: (inout sending State) -> Void) {
        let watches = state.withLock { state in
            change(&state)
            state.wakes += 1
            defer { state.watches = [:] }
            return state.watches.sorted { $0.key < $1.key }.map(\.value)
        }
        for watch in watches { watch.resume() }
    }

    /// Returns when the sleepers are woken or this task is cancelled.
    private func waking(since wakes: Int?) async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { watch in
                let isOver = state.withLock { state in
                    if state.isClosed || wakes.map({ $0 != state.wakes }) ?? false { return true }
                    state.watches[number] = watch
                    return false
                }
                if isOver { return watch.resume() }
                // A cancellation that came before the watch was kept found nothing to wake.
                if Task.isCancelled { wake(number) }
            }
        } onCancel: {
            wake(number)
        }
    }

    private func wake(_ number: Int) {
        state.withLock { $0.watches.removeValue(forKey: number) }?.resume()
    }
}
