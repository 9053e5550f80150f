import FoundationEssentials

/// A count that begins anew with every period of the clock.
struct FixedWindow: Limiter {
    private let length: Double
    private var number = 0.0
    private var passed = 0

    init(length: Double) {
        self.length = length
    }

    mutating func wait(limit: Int, at now: Date) -> Double? {
        turn(to: now)
        guard passed >= limit else { return nil }
        return (number + 1) * length - now.timeIntervalSince1970
    }

    mutating func add(_ now: Date) {
        turn(to: now)
        passed += 1
    }

    private mutating func turn(to now: Date) {
        let current = (now.timeIntervalSince1970 / length).rounded(.down)
        guard current != number else { return }
        (number, passed) = (current, 0)
    }
}
