import Synchronization

/// Says who has tried too often.
final class Limiter: Sendable {
    private let buckets: Mutex<TokenBuckets<String>>
    private let now: @Sendable () -> Duration

    init(size: Int, refill: Duration, now: @escaping @Sendable () -> Duration) {
        buckets = Mutex(TokenBuckets(size: size, refill: refill))
        self.now = now
    }

    /// Takes a try; gives how long to wait where there is none left.
    func take(_ key: String) -> Duration? {
        let now = now()
        return buckets.withLock { $0.take(key, at: now) }
    }

    /// Puts a try back that was taken for nothing.
    func giveBack(_ key: String) {
        buckets.withLock { $0.giveBack(key) }
    }
}
