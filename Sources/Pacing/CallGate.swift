/// The one door to an API: every call waits here in line for a place, for the pacer and for holds.
///
/// Only the call at the head of the line sleeps; it holds the one place it is about to use, and nobody else's.
package actor CallGate {
    /// How long the head of the line sleeps in a pause before it looks again; `resume` wakes it before.
    private static let longPause = Duration.seconds(3_600)
    /// The time whose calls may leave at once after a delay: less than what the pacer leaves of a minute's limit.
    private static let departureSlack = Duration.seconds(1)
    /// How long a call may wait after its intent, which says that it leaves now.
    private static let longestDeparture = Duration.seconds(5)

    private let concurrency: Int
    private let clock: PacingClock
    private let jitter: @Sendable () -> Double
    private var pacer: GCRA
    /// Spaces calls that were admitted in time and could not leave then.
    private var departures: GCRA
    private var rate: AdaptiveRate
    private var breaker = Breaker()
    private var hold = Hold()
    private var troubledSince: Duration?
    private var budget = RetryBudget()
    private var isClosed = false
    private var isPaused = false
    private var inFlight = 0
    /// Places open so far: two before the first good answer, one more for each, so that wrong keys cost two calls.
    private var places = 2
    private var line: [CheckedContinuation<Void, any Error>] = []
    private var isHeadTaken = false
    private var placeWaiter: CheckedContinuation<Void, any Error>?
    private let sleepers: Sleepers

    /// Makes a gate.
    ///
    /// - Parameters:
    ///   - rate: The ceiling of the rate in force.
    ///   - knee: What an earlier run learned: the rate at which refusals began, in calls a second.
    ///   - concurrency: Calls at a time at most.
    ///   - clock: What waits go by.
    ///   - jitter: Draws from 0 to 1.
    package init(
        rate: Rate,
        knee: Double? = nil,
        concurrency: Int,
        clock: PacingClock,
        jitter: @escaping @Sendable () -> Double
    ) {
        self.concurrency = max(1, concurrency)
        self.clock = clock
        self.jitter = jitter
        self.rate = AdaptiveRate(ceiling: rate, knee: knee)
        pacer = GCRA(callsPerSecond: self.rate.callsPerSecond, slack: rate.slack)
        departures = GCRA(callsPerSecond: self.rate.callsPerSecond, slack: Self.departureSlack)
        sleepers = Sleepers(clock)
    }

    /// The rate at which refusals last began, for the next run to begin below; nothing where there is no lower limit.
    package var learnedKnee: Double? { rate.knee }

    /// How things stand.
    package var reading: GateReading {
        let now = clock.uptime()
        return GateReading(
            limit: limit(at: now),
            callsPerSecond: rate.callsPerSecond,
            ceiling: rate.ceiling,
            servedPerSecond: rate.served(at: now),
            inFlight: inFlight,
            concurrency: concurrency
        )
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
        try await waitForTime()
        inFlight += 1
        pacer.pay(at: clock.uptime())
        if !retry { budget.earn() }
        return !breaker.isClosed
    }

    /// Learns from an answer, and says how the API is doing.
    ///
    /// The call keeps its place until `free`: what an answer means may have to be settled before the next call leaves.
    @discardableResult
    package func heed(_ feedback: Feedback) -> Health {
        let now = clock.uptime()
        learn(feedback, at: now)
        pacer.callsPerSecond = rate.callsPerSecond
        departures.callsPerSecond = rate.callsPerSecond
        if !rate.isTroubled { hold.calmDown() }
        // After an outage the places open one by one again.
        if !breaker.isClosed { places = 2 }
        return Health(
            trouble: troubledSince.map { now - $0 } ?? .zero,
            isOut: !breaker.isClosed || hold.delay(at: now) > .zero
        )
    }

    /// Lets an admitted call leave once what must be written before it has been written.
    ///
    /// Its successor keeps its distance from it. Where a slow disk held many calls up, they leave one after the other and
    /// not all at once.
    package func depart() async {
        let now = clock.uptime()
        let delay = min(departures.delay(at: now), Self.longestDeparture)
        departures.pay(at: now + delay)
        // What has been written says that the call leaves: it does, also where nobody wants to wait any more.
        if delay > .zero { _ = try? await clock.sleep(delay) }
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

    /// Lets no more calls leave until `resume`; calls in flight go on.
    package func pause() {
        isPaused = true
    }

    /// Lets calls leave again.
    package func resume() {
        isPaused = false
        // The pause is none of the API's doing.
        troubledSince = nil
        sleepers.wake()
    }

    /// Takes another rate for the one that was given.
    package func change(ceiling: Rate) {
        rate.change(ceiling: ceiling)
        let now = clock.uptime()
        pacer.change(callsPerSecond: rate.callsPerSecond, slack: ceiling.slack, at: now)
        departures.change(callsPerSecond: rate.callsPerSecond, slack: Self.departureSlack, at: now)
        sleepers.wake()
    }

    /// Turns away everybody who waits and everybody who comes; calls in flight go on.
    package func close() {
        isClosed = true
        sleepers.close()
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
        while !isClosed, inFlight >= (breaker.isClosed && !rate.isBlocked ? min(places, concurrency) : 1) {
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
            let delay =
                isPaused ? Self.longPause : max(pacer.delay(at: now), hold.delay(at: now), breaker.delay(at: now))
            guard delay > .zero else { return }
            // Ends early when the gate is closed, when it goes on after a pause or at another rate, and when the caller
            // is cancelled.
            do { try await sleepers.sleep(delay) } catch  where isClosed { throw Closed() }
        }
        throw Closed()
    }

    private func limit(at now: Duration) -> GateReading.Limit {
        if isPaused { return .paused }
        if !breaker.isClosed { return .outage(breaker.delay(at: now)) }
        let hold = hold.delay(at: now)
        if hold > .zero { return .hold(hold) }
        guard isHeadTaken else { return .nothing }
        return placeWaiter == nil ? .rate : .concurrency
    }

    private func learn(_ feedback: Feedback, at now: Duration) {
        switch feedback {
        case .served:
            places = min(places + 1, concurrency)
            rate.noteServed(at: now)
            noteAlive(at: now)
        case .refused: noteAlive(at: now)
        case .reachable: breaker.note(.alive, at: now)
        case .faltered(let isFirst): note(trouble: telling(.faltered, isFirst: isFirst), at: now)
        case .failed(let isFirst, let retryAfter):
            note(trouble: telling(.failed, isFirst: isFirst), at: now)
            if let retryAfter { hold.obey(retryAfter: retryAfter, at: now, jitter: jitter()) }
        case .overLimit(let retryAfter):
            rate.noteRefused(at: now)
            // With a `Retry-After` the server has a plan; without one it may as well be down.
            note(trouble: retryAfter == nil ? .failed : nil, at: now)
            leaveAlone(for: retryAfter, at: now)
        case .away(let retryAfter):
            note(trouble: nil, at: now)
            leaveAlone(for: retryAfter, at: now)
        }
    }

    /// To a probe it does not matter whose call it is.
    private func telling(_ signal: Breaker.Signal, isFirst: Bool) -> Breaker.Signal? {
        isFirst || !breaker.isClosed ? signal : nil
    }

    private func noteAlive(at now: Duration) {
        breaker.note(.alive, at: now)
        troubledSince = nil
    }

    private func note(trouble: Breaker.Signal?, at now: Duration) {
        troubledSince = troubledSince ?? now
        if let trouble { breaker.note(trouble, at: now) }
    }

    private func leaveAlone(for retryAfter: Duration?, at now: Duration) {
        if let retryAfter {
            hold.obey(retryAfter: retryAfter, at: now, jitter: jitter())
        } else {
            hold.backOff(at: now, jitter: jitter())
        }
    }
}
