/// Dates of HTTP headers in the one form servers send today (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    /// Milliseconds since 1970, or nothing where `text` is no such date.
    package static func milliseconds(_ text: String) -> Int64? {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "," })
        guard parts.count == 8, parts[7] == "GMT",
            let month = months.firstIndex(of: String(parts[2])),
            let year = Int64(parts[3]), (1970...9999).contains(year),
            let day = Int64(parts[1]), day >= 1, day <= daysIn(month: month, year: year),
            let hour = Int64(parts[4]), (0..<24).contains(hour),
            let minute = Int64(parts[5]), (0..<60).contains(minute),
            let second = Int64(parts[6]), (0...60).contains(second)
        else { return nil }
        let days = daysBefore(year: year, month: Int64(month)) + day - 1
        return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1_000
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let daysBeforeMonth: [Int64] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

    private static func daysIn(month: Int, year: Int64) -> Int64 {
        let next = month == 11 ? 365 : daysBeforeMonth[month + 1]
        return next - daysBeforeMonth[month] + (month == 1 && isLeap(year) ? 1 : 0)
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func daysBefore(year: Int64, month: Int64) -> Int64 {
        let past = year - 1
        let leapDays = past / 4 - past / 100 + past / 400 - 477
        return (year - 1970) * 365 + leapDays + daysBeforeMonth[Int(month)] + (month > 1 && isLeap(year) ? 1 : 0)
    }
}
