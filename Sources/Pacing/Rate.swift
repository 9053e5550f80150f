/// How many calls an API may be sent, as `400/min`, `10/s`, `600/h` or `unlimited`.
package enum Rate: Sendable, Equatable, CustomStringConvertible {
    /// So many calls in a second; more than none.
    case perSecond(Double)
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
        self = .perSecond(count / unit.seconds)
    }

    /// The calls a second, endless for `unlimited`.
    package var callsPerSecond: Double {
        switch self {
        case .perSecond(let calls): calls
        case .unlimited: .infinity
        }
    }

    package var description: String {
        guard case .perSecond(let calls) = self else { return "unlimited" }
        let unit =
            Self.units.first { ($0.seconds * calls).rounded() >= 1 && isWhole($0.seconds * calls) } ?? Self.units[1]
        let count = unit.seconds * calls
        return isWhole(count) ? "\(Int(count.rounded()))/\(unit.name)" : "\(count)/\(unit.name)"
    }

    private func isWhole(_ number: Double) -> Bool {
        abs(number - number.rounded()) < 1e-6
    }

    /// From a call in eleven days to a million a second; what is outside is a slip.
    private static let sensible = 1e-6...1e6

    private static let units: [(name: String, seconds: Double)] = [("s", 1), ("min", 60), ("h", 3_600)]
}
