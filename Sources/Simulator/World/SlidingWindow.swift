import FoundationEssentials

/// The moments of the last seconds, 60 unless told otherwise, and the most there ever were in any such window.
struct SlidingWindow: Limiter {
    private let length: Double
    private(set) var peak = 0
    private var moments: [Date] = []
    private var first = 0

    init(length: Double = 60) {
        self.length = length
    }

    mutating func wait(limit: Int, at now: Date) -> Double? {
        count(at: now) < limit ? nil : wait(until: limit, at: now)
    }

    mutating func count(at now: Date) -> Int {
        while first < moments.count, now.timeIntervalSince(moments[first]) >= length {
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
    private func wait(until limit: Int, at now: Date) -> Double {
        let index = moments.count - max(limit, 1)
        guard moments.indices.contains(index) else { return length }
        return max(0, length - now.timeIntervalSince(moments[index]))
    }
}
