/// A rate that changes with the time of day: `400/min`, or `08:00=100/min 22:00=450/min`.
package struct RateSchedule: Sendable, Equatable, CustomStringConvertible {
    /// From this second of the day on, this rate holds.
    private struct Entry: Sendable, Equatable {
        let start: Int
        let rate: Rate
    }

    private static let day = 24 * 3_600

    /// In the order of the day, one at least.
    private let entries: [Entry]

    /// The same rate all day.
    package init(_ rate: Rate) {
        self.init(entries: [Entry(start: 0, rate: rate)])
    }

    /// Reads a rate, or entries `HH:MM=RATE` parted by blanks or commas; nothing where `text` is neither.
    package init?(_ text: String) {
        if let rate = Rate(text) {
            self.init(rate)
            return
        }
        let parts = text.split { $0 == " " || $0 == "," }
        let entries = parts.compactMap(Self.entry).sorted { $0.start < $1.start }
        guard !entries.isEmpty, entries.count == parts.count, Set(entries.map(\.start)).count == entries.count else {
            return nil
        }
        self.init(entries: entries)
    }

    private init(entries: [Entry]) {
        self.entries = entries
    }

    /// Whether it changes at all.
    package var isConstant: Bool { entries.count == 1 }

    /// The rate at a second of the day; before the first entry yesterday's last holds.
    package func rate(at second: Int) -> Rate {
        (entries.last { $0.start <= second } ?? entries[entries.count - 1]).rate
    }

    /// The time from a second of the day to the next change.
    package func timeToChange(at second: Int) -> Duration {
        let next = entries.first { $0.start > second }?.start ?? entries[0].start + Self.day
        return .seconds(next - second)
    }

    /// How long so many calls take from a second of the day on, at the share of the rate that is used.
    ///
    /// - Parameters:
    ///   - calls: How many leave.
    ///   - second: The second of the day at which the first one leaves.
    ///   - ceiling: A lower rate that is known to hold, in calls a second.
    /// - Returns: Nothing where no rate limits them.
    package func duration(of calls: Int, from second: Int, under ceiling: Double = .infinity) -> Duration? {
        var (left, second, passed) = (Double(calls), second, Duration.zero)
        while true {
            let rate = min(rate(at: second).callsPerSecond, ceiling) * GCRA.share
            let span = timeToChange(at: second)
            guard rate.isFinite else { return isConstant ? nil : passed }
            let needed = Duration.seconds(left / rate)
            if isConstant || needed <= span { return passed + needed }
            left -= rate * (span / .seconds(1))
            passed += span
            second = (second + Int(span / .seconds(1))) % Self.day
        }
    }

    package var description: String {
        guard !isConstant else { return entries[0].rate.description }
        return entries.map { entry in "\(Self.clock(entry.start))=\(entry.rate)" }.joined(separator: " ")
    }

    private static func entry(_ text: Substring) -> Entry? {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = second(parts[0]), let rate = Rate(String(parts[1])) else { return nil }
        return Entry(start: start, rate: rate)
    }

    private static func second(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 3_600 + minute * 60
    }

    private static func clock(_ second: Int) -> String {
        [second / 3_600, second / 60 % 60].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
    }
}
