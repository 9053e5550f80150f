/// What is known of an API, and what follows from it for the next call: the pacer, the rate in force, breaker and hold.
///
/// A pure value, so that workers can share one. All its times are of one clock.
package struct Climate: Sendable, Equatable {
    /// What its written form is known by: a value of another version is nobody's.
    static let form = 1

    /// When calls may leave.
    var pacer: GCRA
    /// The rate in force.
    private(set) var rate: AdaptiveRate
    private(set) var breaker = Breaker()
    private(set) var hold = Hold()
    /// Since when the API has given nothing but failures and refusals to serve.
    private(set) var troubledSince: Duration?
    /// Where workers share it: the last send time that was granted.
    var lastGrant: Duration = .zero
    /// Where workers share it: the earliest time of the next probe.
    var nextProbe: Duration = .zero
    /// Where workers share it: when it was changed last.
    var changedAt: Duration = .zero

    /// Makes the climate of an API of which nothing else is known.
    ///
    /// - Parameters:
    ///   - ceiling: The rate that was given.
    ///   - knee: What an earlier run learned: the rate at which refusals began, in calls a second.
    package init(ceiling: Rate, knee: Double? = nil) {
        rate = AdaptiveRate(ceiling: ceiling, knee: knee)
        pacer = GCRA(callsPerSecond: rate.callsPerSecond, slack: ceiling.slack)
    }

    /// The rate at which refusals last began; nothing where there is no lower limit.
    package var knee: Double? { rate.knee }

    /// Whether one call at a time is tried: the API has been away, or has served nothing since it refused a call.
    var isProbing: Bool { !breaker.isClosed || rate.isBlocked }

    /// How long a call has to wait at `now`; zero when it may go.
    func delay(at now: Duration) -> Duration {
        max(pacer.delay(at: now), quiet(at: now))
    }

    /// How long the API is still to be left alone at `now`, whatever the rate.
    func quiet(at now: Duration) -> Duration {
        max(hold.delay(at: now), breaker.delay(at: now))
    }

    /// How fast calls were served lately, in calls a second.
    mutating func served(at now: Duration) -> Double {
        rate.served(at: now)
    }

    /// Learns from an answer; `jitter` draws from 0 to 1.
    mutating func heed(_ feedback: CallGate.Feedback, at now: Duration, jitter: () -> Double) {
        learn(feedback, at: now, jitter)
        pacer.callsPerSecond = rate.callsPerSecond
        if !rate.isTroubled { hold.calmDown() }
    }

    /// Takes another rate for the one that was given; what was learned below it stays, and so do times that were granted.
    mutating func change(ceiling: Rate, at now: Duration) {
        rate.change(ceiling: ceiling)
        pacer.change(callsPerSecond: rate.callsPerSecond, slack: ceiling.slack, at: max(now, lastGrant))
    }

    /// Forgets how long there has been trouble, because somebody kept calls back meanwhile.
    mutating func forgetTrouble() {
        troubledSince = nil
    }

    /// Keeps of an earlier climate what binds whoever comes after: the times that were granted, and a hold.
    mutating func inherit(from earlier: Climate) {
        hold = earlier.hold
        hold.calmDown()
        (lastGrant, nextProbe) = (earlier.lastGrant, earlier.nextProbe)
        pacer.wait(until: earlier.pacer.next)
        pacer.change(callsPerSecond: rate.callsPerSecond, slack: pacer.slack, at: lastGrant)
    }

    private mutating func learn(_ feedback: CallGate.Feedback, at now: Duration, _ jitter: () -> Double) {
        switch feedback {
        case .served:
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
            leaveAlone(for: retryAfter, at: now, jitter)
        case .away(let retryAfter):
            note(trouble: nil, at: now)
            leaveAlone(for: retryAfter, at: now, jitter)
        }
    }

    /// To a probe it does not matter whose call it is.
    private func telling(_ signal: Breaker.Signal, isFirst: Bool) -> Breaker.Signal? {
        isFirst || !breaker.isClosed ? signal : nil
    }

    private mutating func noteAlive(at now: Duration) {
        breaker.note(.alive, at: now)
        if let troubledSince, troubledSince <= now { self.troubledSince = nil }
    }

    private mutating func note(trouble: Breaker.Signal?, at now: Duration) {
        troubledSince = troubledSince ?? now
        if let trouble { breaker.note(trouble, at: now) }
    }

    private mutating func leaveAlone(for retryAfter: Duration?, at now: Duration, _ jitter: () -> Double) {
        if let retryAfter {
            hold.obey(retryAfter: retryAfter, at: now, jitter: jitter())
        } else {
            hold.backOff(at: now, jitter: jitter())
        }
    }
}

extension Climate: Codable {
    private enum Key: String, CodingKey {
        case form, pacer, rate, breaker, hold, troubledSince, lastGrant, nextProbe, changedAt
    }

    /// Reads a climate.
    ///
    /// - Throws: `DecodingError` where it is of another version, or its parts do not fit together.
    package init(from decoder: any Decoder) throws {
        let parts = try decoder.container(keyedBy: Key.self)
        guard try parts.decode(Int.self, forKey: .form) == Self.form else {
            throw DecodingError.dataCorruptedError(forKey: .form, in: parts, debugDescription: "another version")
        }
        pacer = try parts.decode(GCRA.self, forKey: .pacer)
        rate = try parts.decode(AdaptiveRate.self, forKey: .rate)
        breaker = try parts.decode(Breaker.self, forKey: .breaker)
        hold = try parts.decode(Hold.self, forKey: .hold)
        troubledSince = try parts.decodeIfPresent(Duration.self, forKey: .troubledSince)
        lastGrant = try parts.decode(Duration.self, forKey: .lastGrant)
        nextProbe = try parts.decode(Duration.self, forKey: .nextProbe)
        changedAt = try parts.decode(Duration.self, forKey: .changedAt)
        guard rate.isSound, breaker.isSound else {
            throw DecodingError.dataCorruptedError(forKey: .rate, in: parts, debugDescription: "out of range")
        }
    }

    /// Writes it; an endless rate needs an encoder that knows infinity.
    package func encode(to encoder: any Encoder) throws {
        var parts = encoder.container(keyedBy: Key.self)
        try parts.encode(Self.form, forKey: .form)
        try parts.encode(pacer, forKey: .pacer)
        try parts.encode(rate, forKey: .rate)
        try parts.encode(breaker, forKey: .breaker)
        try parts.encode(hold, forKey: .hold)
        try parts.encodeIfPresent(troubledSince, forKey: .troubledSince)
        try parts.encode(lastGrant, forKey: .lastGrant)
        try parts.encode(nextProbe, forKey: .nextProbe)
        try parts.encode(changedAt, forKey: .changedAt)
    }
}
