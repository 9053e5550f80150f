import Domain
import Pacing

/// How fast one API is called: what the pacer promised, and what the server sees.
struct Pace: Sendable {
    private static let share = 0.98
    private static let minute = Duration.seconds(60)
    /// What rounding may take from an interval.
    private static let crumb = Duration.microseconds(10)

    private let rate: Rate
    private let interval: Duration
    private let slack: Duration
    private var next = Duration.zero
    private var lastSent: Duration?
    private var arrivals: [Duration] = []

    init(_ rate: Rate) {
        self.rate = rate
        interval = .seconds(1 / (rate.callsPerSecond * Self.share))
        slack = max(.milliseconds(15), min(.milliseconds(200), .seconds(3 / rate.callsPerSecond)))
    }

    /// A call is let through at `now`; gives what is wrong with that.
    mutating func admit(at now: Duration) -> String? {
        guard interval > .zero else { return nil }
        if let lastSent, now - lastSent < interval - slack - Self.crumb {
            return "let through \(now - lastSent) after the last call left, less than \(interval)"
        }
        defer { next = max(next, now) + interval }
        return now < next - slack - Self.crumb ? "let through \(next - now) too early" : nil
    }

    /// A call leaves at `now`.
    mutating func send(at now: Duration) {
        lastSent = now
    }

    /// A call arrives at `now`; gives what is wrong with that.
    mutating func arrive(at now: Duration) -> String? {
        guard rate != .unlimited else { return nil }
        arrivals.append(now)
        arrivals.removeAll { $0 <= now - Self.minute }
        let most = Int((rate.callsPerSecond * 60).rounded(.up))
        return arrivals.count > most ? "\(arrivals.count) calls in a minute, and \(most) are allowed" : nil
    }
}
