/// Buckets of tries, one for each key, which fill up again as time goes by; memory is bounded.
package struct TokenBuckets<Key: Hashable & Sendable>: Sendable {
    private struct Bucket {
        var tries: Double
        var seen: Duration
    }

    /// How many tries a full bucket has.
    let size: Int
    /// How long one try takes to come back.
    let refill: Duration
    /// The most buckets that are remembered.
    let capacity: Int
    private var buckets: [Key: Bucket] = [:]

    /// Makes buckets that are all full.
    package init(size: Int, refill: Duration, capacity: Int = 10_000) {
        self.size = size
        self.refill = refill
        self.capacity = max(1, capacity)
    }

    /// How many buckets are remembered.
    package var count: Int { buckets.count }

    /// Takes a try out of a bucket.
    ///
    /// - Returns: Nothing where there was one, else how long it takes until there is.
    package mutating func take(_ key: Key, at now: Duration) -> Duration? {
        var bucket = filled(buckets[key], at: now)
        guard bucket.tries >= 1 else {
            buckets[key] = bucket
            return refill * (1 - bucket.tries)
        }
        if buckets[key] == nil { makeRoom(at: now) }
        bucket.tries -= 1
        buckets[key] = bucket
        return nil
    }

    /// Puts a try back that was taken for nothing.
    package mutating func giveBack(_ key: Key) {
        guard var bucket = buckets[key] else { return }
        bucket.tries = min(Double(size), bucket.tries + 1)
        buckets[key] = bucket.tries >= Double(size) ? nil : bucket
    }

    private func filled(_ bucket: Bucket?, at now: Duration) -> Bucket {
        guard let bucket else { return Bucket(tries: Double(size), seen: now) }
        let gained = max(.zero, now - bucket.seen) / refill
        return Bucket(tries: min(Double(size), bucket.tries + gained), seen: now)
    }

    /// Forgets what is full again, and where that is nothing, the half that was seen longest ago.
    private mutating func makeRoom(at now: Duration) {
        guard buckets.count >= capacity else { return }
        buckets = buckets.filter { filled($0.value, at: now).tries < Double(size) }
        guard buckets.count >= capacity else { return }
        let oldest = buckets.sorted { $0.value.seen < $1.value.seen }.prefix((capacity + 1) / 2)
        for (key, _) in oldest { buckets[key] = nil }
    }
}
