import Synchronization

/// Tells a worker that renews its lease in time from one that stood still, or was cut off.
final class Pulse: Sendable {
    private let last = Mutex(ContinuousClock.now)

    /// Takes note of a sign of life; says whether the one before it is no older than that.
    func beat(within longest: Duration) -> Bool {
        last.withLock { last in
            let now = ContinuousClock.now
            defer { last = now }
            return now - last <= longest
        }
    }
}
