import Pacing

/// How a server counts calls against its limit.
enum Limiter: CaseIterable {
    case slidingMinute
    case slidingTenSeconds
    case slidingSecond
    case fixedMinute
    case fixedTenSeconds
    case bucket

    private var window: Double {
        switch self {
        case .slidingMinute, .fixedMinute: 60
        case .slidingTenSeconds, .fixedTenSeconds: 10
        case .slidingSecond, .bucket: 1
        }
    }

    /// A server that has served nobody yet.
    func makeServer() -> Server { Server(kind: self, window: window) }

    /// A limiter and what it has counted.
    struct Server {
        fileprivate let kind: Limiter
        fileprivate let window: Double
        private var times: ArraySlice<Double> = []
        private var period = -1.0
        private var count = 0
        private var tokens = 10.0
        private var filledAt = 0.0

        fileprivate init(kind: Limiter, window: Double) {
            self.kind = kind
            self.window = window
        }

        /// Serves a call at `now` and returns nothing, or says how long to wait; `limit` is in calls a second.
        mutating func ask(at now: Double, limit: Double) -> Double? {
            switch kind {
            case .slidingMinute, .slidingTenSeconds, .slidingSecond: sliding(now, limit)
            case .fixedMinute, .fixedTenSeconds: fixed(now, limit)
            case .bucket: bucket(now, limit)
            }
        }

        private mutating func sliding(_ now: Double, _ limit: Double) -> Double? {
            let allowed = max(1, Int(limit * window))
            while let first = times.first, first <= now - window { times.removeFirst() }
            guard times.count >= allowed else {
                times.append(now)
                return nil
            }
            return times[times.endIndex - allowed] + window - now
        }

        private mutating func fixed(_ now: Double, _ limit: Double) -> Double? {
            let current = (now / window).rounded(.down)
            if current != period { (period, count) = (current, 0) }
            guard count < max(1, Int(limit * window)) else { return (current + 1) * window - now }
            count += 1
            return nil
        }

        private mutating func bucket(_ now: Double, _ limit: Double) -> Double? {
            tokens = min(10, tokens + (now - filledAt) * limit)
            filledAt = now
            guard tokens < 1 else {
                tokens -= 1
                return nil
            }
            return (1 - tokens) / limit
        }
    }
}
