import FoundationEssentials

/// How a limit is counted.
package enum LimiterKind: String, Sendable, Codable, CaseIterable {
    /// No period, whenever it begins, has more calls than the limit.
    case slidingWindow = "sliding_window"
    /// No period that begins with a multiple of its length has; two halves side by side can have twice as many.
    case fixedWindow = "fixed_window"
    /// Permits flow in evenly and pile up to one period's worth.
    case tokenBucket = "token_bucket"
}

/// Counts the calls that one limit lets pass.
protocol Limiter: Sendable {
    /// Seconds that a call at `now` has to wait so that no more than `limit` pass in a period; nil where it may pass.
    mutating func wait(limit: Int, at now: Date) -> Double?

    /// Takes note of a call that passes.
    mutating func add(_ now: Date)
}

extension LimiterKind {
    /// A limiter that has seen no call yet.
    func makeLimiter(period: Double) -> any Limiter {
        switch self {
        case .slidingWindow: SlidingWindow(length: period)
        case .fixedWindow: FixedWindow(length: period)
        case .tokenBucket: TokenBucket(period: period)
        }
    }
}
