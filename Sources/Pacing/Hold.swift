/// Keeps a whole API quiet for a while, because it said so or is over its limit.
package struct Hold: Sendable {
    /// The shortest and the longest wait without a `Retry-After`, before jitter.
    private static let firstWait = Duration.seconds(1)
    private static let longestWait = Duration.seconds(20)

    private var until: Duration = .zero
    private var wait = Self.firstWait
    private var troubledSince: Duration?

    package init() {}

    /// How long the API is still to be left alone at `now`.
    package func delay(at now: Duration) -> Duration {
        max(.zero, until - now)
    }

    /// How long the API has been answering with nothing but refusals to serve, at `now`.
    package func troubled(at now: Duration) -> Duration {
        troubledSince.map { now - $0 } ?? .zero
    }

    /// Holds for what the server asks, and up to a tenth more, so that clients do not come back in step.
    package mutating func obey(retryAfter: Duration, at now: Duration, jitter: Double) {
        note(now)
        until = max(until, now + retryAfter + min(retryAfter / 10, .seconds(5)) * jitter)
    }

    /// Holds for a full-jitter wait that doubles for as long as no call succeeds.
    package mutating func backOff(at now: Duration, jitter: Double) {
        note(now)
        // Answers to calls that were already out when the hold began say nothing new.
        guard until <= now else { return }
        until = now + wait * jitter
        wait = min(wait * 2, Self.longestWait)
    }

    /// A call was served: the trouble is over.
    package mutating func clear() {
        wait = Self.firstWait
        troubledSince = nil
    }

    private mutating func note(_ now: Duration) {
        troubledSince = troubledSince ?? now
    }
}
