import FoundationEssentials

/// The moments of the last 60 seconds, and the most there ever were in any 60 seconds.
struct SlidingWindow: Sendable {
    static let length = 60.0

    private(set) var peak = 0
    private var moments: [Date] = []
    private var first = 0

    mutating func count(at now: Date) -> Int {
        while first < moments.count, now.timeIntervalSince(moments[first]) >= SlidingWindow.length {
            first += 1
        }
        if first > 512, first * 2 > moments.count {
            moments.removeFirst(first)
            first = 0
        }
        return moments.count - first
    }

    mutating func add(_ now: Date) {
        peak = max(peak, count(at: now) + 1)
        moments.append(now)
    }

    /// Seconds until fewer than `limit` moments are left, after ``count(at:)`` for the same time.
    func wait(until limit: Int, at now: Date) -> Double {
        let index = moments.count - max(limit, 1)
        guard moments.indices.contains(index) else { return SlidingWindow.length }
        return max(0, SlidingWindow.length - now.timeIntervalSince(moments[index]))
    }
}
