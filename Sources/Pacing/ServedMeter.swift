/// Counts the calls that an API served in the last minute, by the second.
struct ServedMeter: Sendable, Equatable, Codable {
    /// The rate over the last minute, or over as much of it as there has been.
    struct Reading: Sendable, Equatable {
        let calls: Int
        let perSecond: Double
        let isFullMinute: Bool
    }

    private static let span = 60
    /// The last second there is, in tens of thousands of years.
    private static let latest = 1 << 40

    private var counts = [Int](repeating: 0, count: Self.span)
    private var newest = 0
    private var firstAt: Duration?

    /// Whether the values fit together, as those that were read from outside may not.
    var isSound: Bool { counts.count == Self.span && (0...Self.latest).contains(newest) }

    /// Counts a call served at `now`, the clock's time since its start.
    mutating func note(at now: Duration) {
        firstAt = firstAt ?? now
        turn(to: now)
        counts[newest % Self.span] += 1
    }

    /// The rate up to `now`; nothing before the first call.
    mutating func rate(at now: Duration) -> Reading? {
        guard let firstAt else { return nil }
        turn(to: now)
        let calls = counts.reduce(0, +)
        let seconds = min(Double(Self.span), max(0.1, (now - firstAt) / .seconds(1)))
        return Reading(
            calls: calls,
            perSecond: Double(calls) / seconds,
            isFullMinute: now - firstAt >= .seconds(Self.span)
        )
    }

    /// The rate over the last seconds that are whole, or over as many as there have been; none before the first is.
    mutating func rate(at now: Duration, over seconds: Int) -> Double {
        guard let firstAt else { return 0 }
        turn(to: now)
        let whole = min(seconds, Int((now - firstAt) / .seconds(1)), Self.span - 1, newest)
        guard whole > 0 else { return 0 }
        return Double((newest - whole..<newest).reduce(0) { $0 + counts[$1 % Self.span] }) / Double(whole)
    }

    private mutating func turn(to now: Duration) {
        let second = Int(now.components.seconds)
        guard second > newest else { return }
        for past in (newest + 1)...min(second, newest + Self.span) { counts[past % Self.span] = 0 }
        newest = second
    }
}
