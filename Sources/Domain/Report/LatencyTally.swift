/// How long calls took: counts by length, in bounded memory.
///
/// Lengths are kept to the millisecond below a second, to 10 ms below ten seconds, to 100 ms beyond, rounded down.
package struct LatencyTally: Sendable, Equatable {
    private var counts: [Int64: Int] = [:]

    /// Makes a tally of nothing.
    package init() {}

    /// Takes in calls that took as long.
    package mutating func note(_ latency: Duration, count: Int = 1) {
        counts[Self.rounded(max(0, latency.wholeMilliseconds)), default: 0] += count
    }

    /// How many calls were taken in.
    package var count: Int { counts.values.reduce(0, +) }

    /// The shortest length that at least this share of the calls kept to; nothing where there were none.
    package func percentile(_ share: Double) -> Duration? {
        let rank = max(1, Int((share * Double(count)).rounded(.up)))
        var seen = 0
        for (length, number) in counts.sorted(by: { $0.key < $1.key }) {
            seen += number
            if seen >= rank { return .milliseconds(length) }
        }
        return nil
    }

    private static func rounded(_ length: Int64) -> Int64 {
        switch length {
        case ..<1_000: length
        case ..<10_000: length / 10 * 10
        default: length / 100 * 100
        }
    }
}
