/// How many calls an API may be sent, as `400/min`, `10/s`, `600/h` or `unlimited`.
package enum Rate: Sendable, Equatable, CustomStringConvertible {
    /// So many calls in a second; more than none.
    case perSecond(Double)
    /// So many calls in a minute; more than none. Rates by the hour are kept as this too.
    case perMinute(Double)
    case unlimited

    /// Reads a rate, or nothing where `text` is none: `N/s`, `N/min`, `N/h` or `unlimited`, N above 0.
    package init?(_ text: String) {
        if text == "unlimited" {
            self = .unlimited
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Double(parts[0]), count.isFinite, count > 0,
            let unit = Self.units.first(where: { $0.name == parts[1] }), Self.sensible.contains(count / unit.seconds)
        else { return nil }
        self = unit.seconds == 1 ? .perSecond(count) : .perMinute(count * 60 / unit.seconds)
    }

    /// The calls a second, endless for `unlimited`.
    package var callsPerSecond: Double {
        switch self {
        case .perSecond(let calls): calls
        case .perMinute(let calls): calls / 60
        case .unlimited: .infinity
        }
    }

    /// How much lateness of a send may be made up for.
    ///
    /// A busy machine's timers fire late by tens of milliseconds. A window as long as the rate's own unit still sees
    /// less than the rate: 98 % of it, and what fits into the slack; and no more than three calls are made up for.
    var slack: Duration {
        switch self {
        case .perMinute(let calls): max(.milliseconds(15), min(.milliseconds(200), .seconds(3 * 60 / calls)))
        case .perSecond, .unlimited: .milliseconds(15)
        }
    }

    package var description: String {
        if self == .unlimited { return "unlimited" }
        let second = callsPerSecond
        let unit = Self.units.first { ($0.seconds * second).rounded() >= 1 && isWhole($0.seconds * second) }
        let (name, seconds) = unit ?? Self.units[1]
        let count = seconds * second
        return isWhole(count) ? "\(Int(count.rounded()))/\(name)" : "\(count)/\(name)"
    }

    private func isWhole(_ number: Double) -> Bool {
        abs(number - number.rounded()) < 1e-6
    }

    /// From a call in eleven days to a million a second; what is outside is a slip.
    private static let sensible = 1e-6...1e6

    private static let units: [(name: String, seconds: Double)] = [("s", 1), ("min", 60), ("h", 3_600)]
}
