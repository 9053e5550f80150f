/// Leaves an API alone that answers nothing but failures, and then tries it with one call at a time.
package struct Breaker: Sendable, Equatable, Codable {
    /// How a call went, as far as it tells whether the API is there.
    package enum Signal: Sendable {
        /// It answered.
        case alive
        /// It failed in a way that may be about this one call: two of these weigh as one failure.
        case faltered
        case failed
    }

    /// Failures in a row that open it.
    private static let limit = 5.0
    /// Calls of which half must fail to open it.
    private static let sample = 100
    private static let firstPause = Duration.seconds(5)
    private static let longestPause = Duration.seconds(30)

    private var inARow = 0.0
    private var failures: [Bool] = []
    private var oldest = 0
    /// The end of the pause while it is open, and of the one before while probes are out.
    private var until: Duration?
    private var pause = Self.firstPause

    package init() {}

    /// Whether calls go as usual; otherwise one at a time, after `delay`.
    package var isClosed: Bool { until == nil }

    /// Whether the values fit together, as those that were read from outside may not.
    var isSound: Bool { failures.count <= Self.sample && (0..<Self.sample).contains(oldest) }

    /// How long the API is to be left alone at `now`.
    package func delay(at now: Duration) -> Duration {
        until.map { max(.zero, $0 - now) } ?? .zero
    }

    /// Learns from a call that came back at `now`.
    package mutating func note(_ signal: Signal, at now: Duration) {
        switch signal {
        case .alive: noteAlive(at: now)
        case .faltered: noteFailure(weight: 0.5, at: now)
        case .failed: noteFailure(weight: 1, at: now)
        }
    }

    private mutating func noteAlive(at now: Duration) {
        if let until {
            // What was answered before it opened, and is told after that by another worker, says nothing of it.
            if now >= until - pause { self = Breaker() }
            return
        }
        inARow = 0
        record(false)
    }

    private mutating func noteFailure(weight: Double, at now: Duration) {
        guard isClosed else { return reopen(at: now) }
        inARow += weight
        record(true)
        if inARow >= Self.limit || isHalfFailing { open(at: now) }
    }

    private mutating func open(at now: Duration) {
        until = now + pause
        failures = []
        oldest = 0
    }

    /// A probe failed; calls that were out since before the pause say nothing new.
    private mutating func reopen(at now: Duration) {
        guard delay(at: now) == .zero else { return }
        pause = min(pause * 2, Self.longestPause)
        until = now + pause
    }

    private var isHalfFailing: Bool {
        failures.count == Self.sample && failures.count(where: \.self) * 2 >= Self.sample
    }

    private mutating func record(_ isFailure: Bool) {
        guard failures.count == Self.sample else { return failures.append(isFailure) }
        failures[oldest] = isFailure
        oldest = (oldest + 1) % Self.sample
    }
}
