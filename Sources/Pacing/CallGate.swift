import Synchronization

/// The one door to an API: every call waits here in line for a place, for the pacer and for holds.
///
/// Only the call at the head of the line sleeps; it holds the one place it is about to use, and nobody else's.
package final class CallGate: Sendable {
    /// How long the head of the line sleeps in a pause before it looks again; `resume` wakes it before.
    private static let longPause = Duration.seconds(3_600)
    /// How long a call may wait after its intent, which says that it leaves now.
    private static let longestDeparture = Duration.seconds(5)

    let clock: PacingClock
    let sleepers: Sleepers
    let state: Mutex<State>
    /// Where the climate is kept that the gate shares with other workers.
    let shared: (any SharedClimate)?
    /// Wakes who exchanges with them.
    let bell: Sleepers

    /// Makes a gate.
    ///
    /// - Parameters:
    ///   - rate: The ceiling of the rate in force.
    ///   - knee: What an earlier run learned: the rate at which refusals began, in calls a second.
    ///   - concurrency: Calls at a time at most.
    ///   - clock: What waits go by.
    ///   - shared: What the gate shares with other workers, while `keeping`; alone it shares with nobody.
    ///   - isAlone: Whether no other worker is there at the beginning.
    ///   - jitter: Draws from 0 to 1.
    package init(
        rate: Rate,
        knee: Double? = nil,
        concurrency: Int,
        clock: PacingClock,
        shared: (any SharedClimate)? = nil,
        isAlone: Bool = true,
        jitter: @escaping @Sendable () -> Double
    ) {
        self.clock = clock
        self.shared = shared
        (sleepers, bell) = (Sleepers(clock), Sleepers(clock))
        let entry = ClimateDraw.Entry(ceiling: rate, knee: knee, isAlone: isAlone)
        state = Mutex(State(entry, concurrency, jitter: jitter))
    }

    /// The rate at which refusals last began, for the next run to begin below; nothing where there is no lower limit.
    package var learnedKnee: Double? { state.withLock { $0.climate.knee } }

    /// How things stand.
    package var reading: GateReading {
        let now = clock.uptime()
        return state.withLock { $0.reading(at: now) }
    }

    /// Waits until a call may leave, and counts it as leaving; every `enter` needs its `free`.
    ///
    /// - Parameter retry: Whether the call has been sent before, and so earns no budget for retries.
    /// - Returns: Whether the call is the probe of an API that has been away.
    /// - Throws: `Closed` once the gate is closed.
    @discardableResult
    package func enter(retry: Bool = false) async throws -> Bool {
        try await takeHead()
        defer { passHead() }
        try await waitForPlace()
        return try await waitForTime(retry: retry)
    }

    /// Learns from an answer, and says how the API is doing.
    ///
    /// The call keeps its place until `free`: what an answer means may have to be settled before the next call leaves.
    @discardableResult
    package func heed(_ feedback: Feedback) -> Health {
        let now = clock.uptime()
        defer { ringIfCalled() }
        return state.withLock { $0.heed(feedback, at: now) }
    }

    /// Lets an admitted call leave once what must be written before it has been written.
    ///
    /// Its successor keeps its distance from it. Where a slow disk held many calls up, they leave one after the other and
    /// not all at once.
    package func depart() async {
        let now = clock.uptime()
        let delay = state.withLock { $0.departure(at: now, atMost: Self.longestDeparture) }
        // What has been written says that the call leaves: it does, also where nobody wants to wait any more.
        if delay > .zero { _ = try? await clock.sleep(delay) }
        let sent = clock.uptime()
        state.withLock { $0.noteSent(at: sent) }
    }

    /// Gives a call's place back.
    package func free() {
        let waiter = state.withLock { state in
            state.inFlight -= 1
            return state.placeWaiter.take()
        }
        waiter?.resume()
    }

    /// Whether the retry budget has room for one more; takes it if so.
    package func mayRetry() -> Bool {
        state.withLock { $0.budget.spend() }
    }

    /// Lets no more calls leave until `resume`; calls in flight go on.
    package func pause() {
        state.withLock { $0.isPaused = true }
    }

    /// Lets calls leave again.
    package func resume() {
        let now = clock.uptime()
        state.withLock { $0.resume(at: now) }
        sleepers.wake()
    }

    /// Takes another rate for the one that was given.
    package func change(ceiling: Rate) {
        let now = clock.uptime()
        state.withLock { $0.change(ceiling: ceiling, at: now) }
        sleepers.wake()
        ringIfCalled()
    }

    /// Turns away everybody who waits and everybody who comes; calls in flight go on.
    package func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.line = [] }
            return [state.placeWaiter.take()].compactMap(\.self) + state.line
        }
        sleepers.close()
        for waiter in waiters { waiter.resume(throwing: Closed()) }
    }

    private func takeHead() async throws {
        if try state.withLock({ try $0.takeHead() }) { return }
        try await withCheckedThrowingContinuation { waiter in
            settle(waiter) { state in
                if try state.takeHead() { return true }
                state.line.append(waiter)
                return false
            }
        }
    }

    private func passHead() {
        let next = state.withLock { state in
            if state.line.isEmpty {
                state.isHeadTaken = false
                return Waiter?.none
            }
            return state.line.removeFirst()
        }
        next?.resume()
    }

    private func waitForPlace() async throws {
        while try !state.withLock({ try $0.hasPlace() }) {
            try await withCheckedThrowingContinuation { waiter in
                settle(waiter) { state in
                    if try state.hasPlace() { return true }
                    state.placeWaiter = waiter
                    return false
                }
            }
        }
    }

    /// Resumes a waiter at once where what it waits for came about before it could be put down.
    private func settle(_ waiter: Waiter, _ putDown: (inout sending State) throws -> sending Bool) {
        do {
            if try state.withLock(putDown) { waiter.resume() }
        } catch {
            waiter.resume(throwing: error)
        }
    }

    private func waitForTime(retry: Bool) async throws -> Bool {
        while true {
            // Read before the state: what changes from here on ends the wait, also where that has not begun yet.
            let wakes = sleepers.wakes
            let now = clock.uptime()
            switch try state.withLock({ try $0.leave(at: now, retry: retry) }) {
            case .gone(let isProbe): return isProbe
            case .wait(let delay):
                ringIfCalled()
                // Ends early when the gate is closed, when it goes on after a pause or at another rate, and when the
                // caller is cancelled.
                do { try await sleepers.sleep(delay ?? Self.longPause, since: wakes) } catch  where isClosed {
                    throw Closed()
                }
            }
        }
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }
}
