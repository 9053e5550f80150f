extension CallGate {
    typealias Waiter = CheckedContinuation<Void, any Error>

    /// All that a gate keeps in mind, and what follows from it.
    struct State {
        /// The time whose calls may leave at once after a delay: less than what the pacer leaves of a minute's limit.
        private static let departureSlack = Duration.seconds(1)

        /// Whether a call is on its way now, or how long it has to wait: nothing where only `resume` ends the wait.
        enum Leave {
            case gone(isProbe: Bool)
            case wait(Duration?)
        }

        private let concurrency: Int
        private let jitter: @Sendable () -> Double
        var pacer: GCRA
        /// Spaces calls that were admitted in time and could not leave then.
        private var departures: GCRA
        private(set) var rate: AdaptiveRate
        private var breaker = Breaker()
        private var hold = Hold()
        var troubledSince: Duration?
        var budget = RetryBudget()
        var isClosed = false
        var isPaused = false
        var inFlight = 0
        /// Places open so far: two before the first good answer, one more for each, so that wrong keys cost two calls.
        private var places = 2
        var line: [Waiter] = []
        var isHeadTaken = false
        var placeWaiter: Waiter?

        init(rate: AdaptiveRate, slack: Duration, _ concurrency: Int, jitter: @escaping @Sendable () -> Double) {
            self.concurrency = max(1, concurrency)
            self.jitter = jitter
            self.rate = rate
            pacer = GCRA(callsPerSecond: rate.callsPerSecond, slack: slack)
            departures = GCRA(callsPerSecond: rate.callsPerSecond, slack: Self.departureSlack)
        }

        mutating func reading(at now: Duration) -> GateReading {
            GateReading(
                limit: limit(at: now),
                callsPerSecond: rate.callsPerSecond,
                ceiling: rate.ceiling,
                servedPerSecond: rate.served(at: now),
                inFlight: inFlight,
                concurrency: concurrency
            )
        }

        /// Takes the head of the line, where nobody has it.
        mutating func takeHead() throws -> Bool {
            if isClosed { throw Closed() }
            if isHeadTaken { return false }
            isHeadTaken = true
            return true
        }

        /// Whether there is a place for one call more.
        func hasPlace() throws -> Bool {
            if isClosed { throw Closed() }
            return inFlight < (breaker.isClosed && !rate.isBlocked ? min(places, concurrency) : 1)
        }

        /// Lets the call at the head of the line leave, if it is time.
        mutating func leave(at now: Duration, retry: Bool) throws -> Leave {
            if isClosed { throw Closed() }
            if isPaused { return .wait(nil) }
            let delay = max(pacer.delay(at: now), hold.delay(at: now), breaker.delay(at: now))
            if delay > .zero { return .wait(delay) }
            inFlight += 1
            pacer.pay(at: now)
            if !retry { budget.earn() }
            return .gone(isProbe: !breaker.isClosed)
        }

        /// How long an admitted call has to wait now that it could leave.
        mutating func departure(at now: Duration, atMost longest: Duration) -> Duration {
            let delay = min(departures.delay(at: now), longest)
            departures.pay(at: now + delay)
            return delay
        }

        mutating func heed(_ feedback: Feedback, at now: Duration) -> Health {
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

        mutating func change(ceiling: Rate, at now: Duration) {
            rate.change(ceiling: ceiling)
            pacer.change(callsPerSecond: rate.callsPerSecond, slack: ceiling.slack, at: now)
            departures.change(callsPerSecond: rate.callsPerSecond, slack: Self.departureSlack, at: now)
        }

        private func limit(at now: Duration) -> GateReading.Limit {
            if isPaused { return .paused }
            if !breaker.isClosed { return .outage(breaker.delay(at: now)) }
            let hold = hold.delay(at: now)
            if hold > .zero { return .hold(hold) }
            guard isHeadTaken else { return .nothing }
            return placeWaiter == nil ? .rate : .concurrency
        }

        private mutating func learn(_ feedback: Feedback, at now: Duration) {
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

        private mutating func noteAlive(at now: Duration) {
            breaker.note(.alive, at: now)
            troubledSince = nil
        }

        private mutating func note(trouble: Breaker.Signal?, at now: Duration) {
            troubledSince = troubledSince ?? now
            if let trouble { breaker.note(trouble, at: now) }
        }

        private mutating func leaveAlone(for retryAfter: Duration?, at now: Duration) {
            if let retryAfter {
                hold.obey(retryAfter: retryAfter, at: now, jitter: jitter())
            } else {
                hold.backOff(at: now, jitter: jitter())
            }
        }
    }
}
