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
        /// What is known of the API; in a shared climate, what is known of it here.
        private(set) var climate: Climate
        /// Spaces calls that were admitted in time and could not leave then.
        private var departures: GCRA
        /// This gate's part, from where it begins to share the climate with other workers.
        private(set) var share: GateShare?
        private var entry: ClimateDraw.Entry
        var budget = RetryBudget()
        var isClosed = false
        var isPaused = false
        var inFlight = 0
        /// Places open so far: two before the first good answer, one more for each, so that wrong keys cost two calls.
        private var places = 2
        var line: [Waiter] = []
        var isHeadTaken = false
        var placeWaiter: Waiter?

        init(
            _ entry: ClimateDraw.Entry,
            _ concurrency: Int,
            jitter: @escaping @Sendable () -> Double
        ) {
            self.concurrency = max(1, concurrency)
            self.jitter = jitter
            self.entry = entry
            climate = Climate(ceiling: entry.ceiling, knee: entry.knee)
            departures = GCRA(callsPerSecond: climate.rate.callsPerSecond, slack: Self.departureSlack)
        }

        /// The time that the climate goes by.
        private func common(_ now: Duration) -> Duration {
            if let offset = share?.offset { now + offset } else { now }
        }

        mutating func reading(at now: Duration) -> GateReading {
            let now = common(now)
            return GateReading(
                limit: limit(at: now),
                callsPerSecond: climate.rate.callsPerSecond,
                ceiling: climate.rate.ceiling,
                servedPerSecond: climate.served(at: now),
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
            return inFlight < (climate.isProbing ? 1 : min(places, concurrency))
        }

        /// Lets the call at the head of the line leave, if it is time.
        mutating func leave(at now: Duration, retry: Bool) throws -> Leave {
            if isClosed { throw Closed() }
            if isPaused { return .wait(nil) }
            let delay = share == nil ? climate.delay(at: now) : try share?.delay(at: now, under: climate)
            guard let delay, delay == .zero else { return .wait(delay) }
            inFlight += 1
            if share == nil { climate.pacer.pay(at: now) } else { share?.leave(at: now) }
            if !retry { budget.earn() }
            return .gone(isProbe: !climate.breaker.isClosed)
        }

        /// How long an admitted call has to wait now that it could leave.
        mutating func departure(at now: Duration, atMost longest: Duration) -> Duration {
            let delay = min(departures.delay(at: now), longest)
            departures.pay(at: now + delay)
            return delay
        }

        /// An admitted call leaves only now.
        mutating func noteSent(at now: Duration) {
            // In a shared climate its time was granted for it alone.
            if share == nil { climate.pacer.noteSent(at: now) }
        }

        mutating func heed(_ feedback: Feedback, at now: Duration) -> Health {
            if case .served = feedback { places = min(places + 1, concurrency) }
            let common = common(now)
            if share == nil {
                climate.heed(feedback, at: common, jitter: jitter)
            } else {
                tell(feedback, at: now)
            }
            departures.callsPerSecond = climate.rate.callsPerSecond
            // After an outage the places open one by one again.
            if !climate.breaker.isClosed { places = 2 }
            return Health(
                trouble: climate.troubledSince.map { common - $0 } ?? .zero,
                isOut: !climate.breaker.isClosed || climate.hold.delay(at: common) > .zero
            )
        }

        mutating func change(ceiling: Rate, at now: Duration) {
            entry.ceiling = ceiling
            climate.change(ceiling: ceiling, at: common(now))
            share?.change(ceiling: ceiling, at: now)
            departures.change(callsPerSecond: climate.rate.callsPerSecond, slack: Self.departureSlack, at: now)
        }

        mutating func resume(at now: Duration) {
            isPaused = false
            // The pause is none of the API's doing.
            climate.forgetTrouble()
            share?.tell(.resumed, isUrgent: false, at: now)
        }

        private func limit(at now: Duration) -> GateReading.Limit {
            if isPaused { return .paused }
            if !climate.breaker.isClosed { return .outage(climate.breaker.delay(at: now)) }
            let hold = climate.hold.delay(at: now)
            if hold > .zero { return .hold(hold) }
            guard isHeadTaken else { return .nothing }
            return placeWaiter == nil ? .rate : .concurrency
        }
    }
}

/// What a gate in a shared climate does besides.
extension CallGate.State {
    /// From now on calls leave by what the workers share.
    mutating func beginSharing() {
        share = share ?? GateShare(entry)
    }

    /// Learns from an answer at once, and keeps it for the others.
    mutating func tell(_ feedback: CallGate.Feedback, at now: Duration) {
        let (before, drawn) = (climate.isProbing, jitter())
        climate.heed(feedback, at: now + (share?.offset ?? .zero)) { drawn }
        let isTurning = climate.isProbing != before
        if isTurning, !before { share?.dropGrants() }
        share?.tell(.answer(feedback, jitter: drawn), isUrgent: isTurning || feedback.concernsAll, at: now)
    }

    mutating func takeCall() -> Bool {
        share?.takeCall() ?? false
    }

    /// How long there is nothing to exchange; nothing where nothing is shared any more.
    func exchangePause(at now: Duration) -> Duration? {
        guard let share, share.failure == nil else { return nil }
        return share.pause(at: now, isAwaited: isHeadTaken && !isPaused)
    }

    mutating func draw(at now: Duration) -> ClimateDraw? {
        share?.draw(at: now, under: climate)
    }

    /// Goes on from what an exchange came to; returns who waits for a place and may have one now.
    mutating func adopt(_ outcome: ClimateDraw.Outcome, of draw: ClimateDraw, at now: Duration) -> CallGate.Waiter? {
        let wasProbing = climate.isProbing
        // Those just granted are for the API as it is now.
        if outcome.climate.isProbing, !wasProbing { share?.dropGrants() }
        guard let next = share?.adopt(outcome, of: draw, at: now) else { return nil }
        climate = next
        // Others were drawn before the trouble that this gate met meanwhile.
        if climate.isProbing, !outcome.climate.isProbing { share?.dropGrants() }
        departures.callsPerSecond = climate.rate.callsPerSecond
        if !climate.breaker.isClosed { places = 2 }
        return placeWaiter.take()
    }

    /// Lets no more calls leave, for nothing can be shared any more.
    mutating func fail(_ error: any Error) {
        share?.failure = error
    }
}

extension CallGate.Feedback {
    /// Whether other workers must hear of it at once.
    fileprivate var concernsAll: Bool {
        switch self {
        case .overLimit, .failed, .away: true
        case .served, .refused, .reachable, .faltered: false
        }
    }
}
