/// Dates of HTTP headers in the one form servers send today (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    /// Milliseconds since 1970, or nothing where `text` is no such date.
    package static func milliseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 29, separators.allSatisfy({ bytes.matches($0.text, at: $0.place) }),
            let month = months.firstIndex(where: { bytes.matches($0, at: 8) }),
            let year = bytes.number(12..<16), year >= 1970,
            let day = bytes.number(5..<7), day >= 1, day <= daysIn(month: month, year: year),
            let hour = bytes.number(17..<19), hour < 24,
            let minute = bytes.number(20..<22), minute < 60,
            let second = bytes.number(23..<25), second <= 60
        else { return nil }
        let days = daysBefore(year: year, month: Int64(month)) + day - 1
        return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1_000
    }

    private static let separators: [(place: Int, text: StaticString)] = [
        (3, ", "), (7, " "), (11, " "), (16, " "), (19, ":"), (22, ":"), (25, " GMT"),
    ]
    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
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

extension [UInt8] {
    /// Whether `part` stands at a place.
    fileprivate func matches(_ part: StaticString, at start: Int) -> Bool {
        part.withUTF8Buffer { self[start..<start + $0.count].elementsEqual($0) }
    }

    /// The number whose digits fill a range.
    fileprivate func number(_ range: Range<Int>) -> Int64? {
        var number: Int64 = 0
        for byte in self[range] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return number
    }
}
