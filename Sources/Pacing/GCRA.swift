/// Spaces calls evenly: the generic cell rate algorithm with a burst of one.
///
/// A send that comes late because a timer fired late may be made up for, up to `slack`; so the rate is used to the
/// full, and no window of a minute ever sees more than its share.
package struct GCRA: Sendable, Equatable, Codable {
    /// The part of the allowed rate that is used; the rest is for clocks that disagree.
    package static let share = 0.98

    /// The rate that `share` is taken of; a change counts from the next call on.
    package var callsPerSecond: Double
    /// The lateness that may be made up for.
    private(set) var slack: Duration
    /// The earliest time of the next call, since the clock's start.
    private(set) var next: Duration = .zero

    /// Makes a pacer that allows `share` of a rate; a timer's lateness up to `slack` may be made up for.
    package init(callsPerSecond: Double, slack: Duration) {
        self.callsPerSecond = callsPerSecond
        self.slack = slack
    }

    /// Makes a pacer that allows `share` of `rate`.
    package init(rate: Rate) {
        self.init(callsPerSecond: rate.callsPerSecond, slack: rate.slack)
    }

    /// The time from one call to the next; none where the rate is endless.
    private var interval: Duration { .seconds(1 / (callsPerSecond * Self.share)) }

    /// How long a call has to wait at `now`; zero when it may go.
    package func delay(at now: Duration) -> Duration {
        max(.zero, next - now)
    }

    /// Takes another rate at once: a call that waits goes as soon as the new rate lets it.
    package mutating func change(callsPerSecond: Double, slack: Duration, at now: Duration) {
        (self.callsPerSecond, self.slack) = (callsPerSecond, slack)
        next = min(next, now + interval)
    }

    /// Takes note of a call that is sent at `now`.
    package mutating func pay(at now: Duration) {
        next = max(next, now - slack) + interval
    }

    /// Takes note that the call paid for last is sent only at `now`, after something had to be written first.
    package mutating func noteSent(at now: Duration) {
        next = max(next, now - slack + interval)
    }

    /// Books the next call's time ahead, `earliest` or later; nothing is made up for.
    mutating func book(from earliest: Duration) -> Duration {
        let time = max(next, earliest)
        next = time + interval
        return time
    }

    /// Lets no call go before `time`.
    mutating func wait(until time: Duration) {
        next = max(next, time)
    }
}
