import FoundationEssentials

/// Permits that flow in evenly, up to one period's worth; it begins full.
struct TokenBucket: Limiter {
    private let period: Double
    /// The part of the bucket that is empty, in permits.
    private var missing = 0.0
    private var last: Date?

    init(period: Double) {
        self.period = period
    }

    mutating func wait(limit: Int, at now: Date) -> Double? {
        let perSecond = Double(limit) / period
        let flowed = last.map { max(0, now.timeIntervalSince($0)) * perSecond } ?? 0
        missing = min(max(0, missing - flowed), Double(limit))
        last = now
        // What has flowed in by a hair's breadth less than a whole permit is one: sums of fractions are not exact.
        let lacking = missing - (Double(limit) - 1)
        return lacking > 1e-6 ? lacking / perSecond : nil
    }

    mutating func add(_ now: Date) {
        missing += 1
    }
}
