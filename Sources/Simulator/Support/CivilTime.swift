import FoundationEssentials

/// A moment broken into calendar fields at a whole-hour offset from UTC, and the texts the two APIs make of it.
struct CivilTime {
    private let year: Int
    private let month: Int
    private let day: Int
    private let weekday: Int
    private let secondOfDay: Int
    private let microsecond: Int
    private let offsetHours: Int

    init(_ date: Date, offsetHours: Int = 0) {
        let microseconds = Int((date.timeIntervalSince1970 * 1_000_000).rounded()) + offsetHours * 3_600_000_000
        let (second, microsecond) = CivilTime.floorDivide(microseconds, 1_000_000)
        let (days, secondOfDay) = CivilTime.floorDivide(second, 86_400)
        (year, month, day) = CivilTime.calendarDay(daysSince1970: days)
        weekday = CivilTime.floorDivide(days + 4, 7).remainder
        self.secondOfDay = secondOfDay
        self.microsecond = microsecond
        self.offsetHours = offsetHours
    }

    /// `2023-08-07T19:45:22.596051+00:00`, as Bond answers a POST.
    var created: String { "\(dayText)T\(clockText).\(padded(microsecond, 6))\(offset):00" }

    /// `2021-02-11 12:01:36.122439-08`, as Bond lists it.
    var listed: String { "\(dayText) \(clockText).\(padded(microsecond, 6))\(offset)" }

    /// `2023-08-18T02:08:03Z`, as Plaid writes it; right for UTC only.
    var zulu: String { "\(dayText)T\(clockText)Z" }

    /// `Mon, 07 Aug 2023 19:45:22 GMT`, as HTTP headers want it; right for UTC only.
    var httpDate: String {
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(weekdays[weekday]), \(padded(day, 2)) \(months[month - 1]) \(padded(year, 4)) \(clockText) GMT"
    }

    private var dayText: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    private var clockText: String {
        "\(padded(secondOfDay / 3600, 2)):\(padded(secondOfDay / 60 % 60, 2)):\(padded(secondOfDay % 60, 2))"
    }

    private var offset: String { (offsetHours < 0 ? "-" : "+") + padded(abs(offsetHours), 2) }

    private func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
        let remainder = ((value % divisor) + divisor) % divisor
        return ((value - remainder) / divisor, remainder)
    }

    /// Proleptic Gregorian date, counted in eras of 400 years that begin on 1 March.
    private static func calendarDay(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = floorDivide(daysSince1970 + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
