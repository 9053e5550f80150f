/// The one door to an API: every call waits here in line for a place, for the pacer and for holds.
///
/// Only the call at the head of the line sleeps; it holds the one place it is about to use, and nobody else's.
package actor CallGate {
    /// How much of an answer's content matters to the gate.
    package enum Feedback: Sendable {
        /// The API served the call: the credentials hold, whatever it said of the row.
        case served
        /// The API refused or failed in a way that says nothing good about credentials or health.
        case failed
        /// Over the limit, or away: the API is held. `retryAfter` is the server's own wish.
        case overLimit(retryAfter: Duration?)
    }

    /// Thrown to calls that wait at a gate when it closes, and to all that come later.
    package struct Closed: Error {
        package init() {}
    }

    private let concurrency: Int
    private let clock: PacingClock
    private let jitter: @Sendable () -> Double
    private var pacer: GCRA
    private var hold = Hold()
    private var budget = RetryBudget()
    private var isClosed = false
    private var inFlight = 0
    /// Places open so far: two before the first good answer, one more for each, so that wrong keys cost two calls.
    private var places = 2
    private var line: [CheckedContinuation<Void, any Error>] = []
    private var isHeadTaken = false
    private var placeWaiter: CheckedContinuation<Void, any Error>?
    private var nap: Task<Void, any Error>?

    /// Makes a gate for `concurrency` calls at a time at `rate`; `jitter` draws from 0 to 1.
    package init(rate: Rate, concurrency: Int, clock: PacingClock, jitter: @escaping @Sendable () -> Double) {
        self.concurrency = max(1, concurrency)
        self.clock = clock
        self.jitter = jitter
        pacer = GCRA(rate: rate)
    }

    /// Waits until a call may leave, and counts it as leaving; every `enter` needs its `free`.
    ///
    /// - Throws: `Closed` once the gate is closed.
    package func enter(retry: Bool = false) async throws {
        try await takeHead()
        defer { passHead() }
        try await waitForPlace()
        try await waitForTime()
        inFlight += 1
        pacer.pay(at: clock.uptime())
        if !retry { budget.earn() }
    }

    /// Learns from an answer; returns how long the API has been in trouble.
    ///
    /// The call keeps its place until `free`: what an answer means may have to be settled before the next call leaves.
    @discardableResult
    package func heed(_ feedback: Feedback) -> Duration {
        let now = clock.uptime()
        switch feedback {
        case .served:
            places = min(places + 1, concurrency)
            hold.clear()
        case .failed: break
        case .overLimit(let retryAfter?): hold.obey(retryAfter: retryAfter, at: now, jitter: jitter())
        case .overLimit(nil): hold.backOff(at: now, jitter: jitter())
        }
        return hold.troubled(at: now)
    }

    /// Takes note that an admitted call leaves only now, so that its successor keeps its distance from it.
    package func noteSent() {
        pacer.noteSent(at: clock.uptime())
    }

    /// Gives a call's place back.
    package func free() {
        inFlight -= 1
        givePlace()
    }

    /// Whether the retry budget has room for one more; takes it if so.
    package func mayRetry() -> Bool {
        budget.spend()
    }

    /// Turns away everybody who waits and everybody who comes; calls in flight go on.
    package func close() {
        isClosed = true
        nap?.cancel()
        placeWaiter?.resume(throwing: Closed())
        placeWaiter = nil
        for waiter in line { waiter.resume(throwing: Closed()) }
        line = []
    }

    private func takeHead() async throws {
        guard !isClosed else { throw Closed() }
        guard isHeadTaken else {
            isHeadTaken = true
            return
        }
        try await withCheckedThrowingContinuation { line.append($0) }
    }

    private func passHead() {
        if line.isEmpty {
            isHeadTaken = false
        } else {
            line.removeFirst().resume()
        }
    }

    private func waitForPlace() async throws {
        while !isClosed, inFlight >= min(places, concurrency) {
            try await withCheckedThrowingContinuation { placeWaiter = $0 }
        }
        if isClosed { throw Closed() }
    }

    private func givePlace() {
        placeWaiter?.resume()
        placeWaiter = nil
    }

    private func waitForTime() async throws {
        while !isClosed {
            let now = clock.uptime()
            let delay = max(pacer.delay(at: now), hold.delay(at: now))
            guard delay > .zero else { return }
            let nap = Task { [clock] in try await clock.sleep(delay) }
            self.nap = nap
            // A nap ends early only when the gate closes, which the loop's condition sees.
            _ = await nap.result
            self.nap = nil
        }
        throw Closed()
    }
}
