import Domain
import Pacing

/// How fast one API is called: what the pacer promised, and what the server sees.
struct Pace: Sendable {
    private static let share = 0.98
    private static let slack = Duration.milliseconds(10)
    private static let minute = Duration.seconds(60)
    /// What rounding may take from an interval.
    private static let crumb = Duration.microseconds(10)

    private let rate: Rate
    private let interval: Duration
    private var next = Duration.zero
    private var lastSent: Duration?
    private var arrivals: [Duration] = []

    init(_ rate: Rate) {
        self.rate = rate
        interval =
            switch rate {
            case .perSecond(let calls): .seconds(1 / (calls * Self.share))
            case .unlimited: .zero
            }
    }

    /// A call is let through at `now`; gives what is wrong with that.
    mutating func admit(at now: Duration) -> String? {
        guard interval > .zero else { return nil }
        if let lastSent, now - lastSent < interval - Self.slack - Self.crumb {
            return "let through \(now - lastSent) after the last call left, less than \(interval)"
        }
        defer { next = max(next, now) + interval }
        return now < next - Self.slack - Self.crumb ? "let through \(next - now) too early" : nil
    }

    /// A call leaves at `now`.
    mutating func send(at now: Duration) {
        lastSent = now
    }

    /// A call arrives at `now`; gives what is wrong with that.
    mutating func arrive(at now: Duration) -> String? {
        guard case .perSecond(let calls) = rate else { return nil }
        arrivals.append(now)
        arrivals.removeAll { $0 <= now - Self.minute }
        let most = Int((calls * 60).rounded(.up))
        return arrivals.count > most ? "\(arrivals.count) calls in a minute, and \(most) are allowed" : nil
    }
}
