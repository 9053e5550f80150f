/// Reads the forms of date-time that Bond's answers come in.
///
/// `T` or a blank between day and time, 0 to 9 digits of fraction, and `Z`, `+00:00`, `+0000`, `-08` or nothing
/// (taken as UTC) at the end. Digits beyond the millisecond are dropped.
package enum LenientDate {
    /// The moment `text` names, or nothing where it cannot be read.
    package static func parse(_ text: String) -> Timestamp? {
        var reader = DigitReader(text)
        guard let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2),
            reader.skip("-"), let day = reader.number(digits: 2), reader.skip("T", "t", " "),
            let hour = reader.number(digits: 2), hour < 24, reader.skip(":"),
            let minute = reader.number(digits: 2), minute < 60, reader.skip(":"),
            let second = reader.number(digits: 2), second <= 60,
            let fraction = reader.fractionMilliseconds(),
            let offset = reader.offsetMinutes(), reader.isAtEnd,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let minutes = (date.daysSince1970 * 24 + hour) * 60 + minute - offset
        let moment = (minutes * 60 + second) * 1_000 + fraction
        return yearsOfFourDigits.contains(moment) ? Timestamp(milliseconds: moment) : nil
    }

    /// From 0000-01-01 to the end of 9999, in UTC: what a `Timestamp` writes so that it can be read again.
    private static let yearsOfFourDigits: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999
}

/// Takes numbers and signs off the front of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number(digits: Int) -> Int64? {
        let taken = rest.prefix(digits)
        guard taken.count == digits, taken.allSatisfy({ (48...57).contains($0) }) else { return nil }
        rest = rest.dropFirst(digits)
        return taken.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    mutating func skip(_ allowed: Unicode.Scalar...) -> Bool {
        guard let first = rest.first, allowed.contains(where: { $0.value == UInt32(first) }) else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func fractionMilliseconds() -> Int64? {
        guard skip(".", ",") else { return 0 }
        let digits = rest.prefix { (48...57).contains($0) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let padded = Array(digits) + [48, 48]
        return padded.prefix(3).reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    mutating func offsetMinutes() -> Int64? {
        if isAtEnd || skip("Z", "z") { return 0 }
        let sign: Int64 = rest.first == UInt8(ascii: "-") ? -1 : 1
        guard skip("+", "-"), let hours = number(digits: 2), hours <= 18 else { return nil }
        if isAtEnd { return sign * hours * 60 }
        _ = skip(":")
        guard let minutes = number(digits: 2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
