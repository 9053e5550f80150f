/// Keeps a whole API quiet for a while, because it said so or is over its limit.
package struct Hold: Sendable, Equatable, Codable {
    /// The shortest and the longest wait without a `Retry-After`, before jitter.
    private static let firstWait = Duration.seconds(1)
    private static let longestWait = Duration.seconds(20)

    private var until: Duration = .zero
    private var wait = Self.firstWait

    package init() {}

    /// How long the API is still to be left alone at `now`.
    package func delay(at now: Duration) -> Duration {
        max(.zero, until - now)
    }

    /// Holds for what the server asks, and up to a tenth more, so that clients do not come back in step.
    package mutating func obey(retryAfter: Duration, at now: Duration, jitter: Double) {
        until = max(until, now + retryAfter + min(retryAfter / 10, .seconds(5)) * jitter)
    }

    /// Holds for a wait, half of it jittered, that grows threefold until `calmDown`.
    package mutating func backOff(at now: Duration, jitter: Double) {
        // Answers to calls that were already out when the hold began say nothing new.
        guard until <= now else { return }
        until = now + wait * (0.5 + 0.5 * jitter)
        wait = min(wait * 3, Self.longestWait)
    }

    /// The trouble is over: the next wait is a short one again.
    package mutating func calmDown() {
        wait = Self.firstWait
    }
}
