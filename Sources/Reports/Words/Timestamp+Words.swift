import Domain

extension Timestamp {
    /// The day, as `2026-11-23`.
    var day: String { String(description.prefix(10)) }

    /// Hours and minutes in UTC, as `09:05`.
    var clock: String { String(description.dropFirst(11).prefix(5)) }

    /// Hours, minutes and seconds in UTC, as `09:05:00`.
    var clockWithSeconds: String { String(description.dropFirst(11).prefix(8)) }

    /// Without milliseconds, for people, as `2026-11-23 09:05:00`.
    var forPeople: String { day + " " + clockWithSeconds }
}
