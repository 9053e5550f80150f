import Domain
import FoundationEssentials
import TestSupport
import Testing

@Suite struct LenientDateTests {
    @Test(arguments: [
        // No such day or time.
        "2024-02-30T10:00:00Z", "2023-02-29T10:00:00Z", "2024-13-01T10:00:00Z", "2024-00-10T10:00:00Z",
        "2024-03-00T10:00:00Z", "2024-04-31T10:00:00Z", "2024-03-01T24:00:00Z", "2024-03-01T10:60:00Z",
        "2024-03-01T10:00:61Z",
        // A part is missing or short.
        "", "2024", "2024-03-01", "2024-03-01T", "2024-03-01T10", "2024-03-01T10:00", "2024-03-01T10:00Z",
        "24-03-01T10:00:00Z", "2024-3-1T10:00:00Z", "2024-03-01T1:00:00Z", "2024-03-01T10:00:0Z",
        "2024-03-01T10:00:00.Z", "2024-03-01T10:00:00.", "2024-03-01T10:00:00.+00:00", "2024-03-01T10:00:00+",
        "2024-03-01T10:00:00+0", "2024-03-01T10:00:00+00:", "2024-03-01T10:00:00+00:0", "2024-03-01T10:00:00-",
        // In UTC, the year has not four digits.
        "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z",
        // Something more, or something else.
        "2024-03-01T10:00:00Zjunk", "2024-03-01T10:00:00Z ", " 2024-03-01T10:00:00Z", "2024-03-01T10:00:00 Z",
        "2024-03-01T10:00:00+00:00Z", "2024-03-01T10:00:00+00:00:00", "2024-03-01  10:00:00", "2024-03-01_10:00:00",
        "2024/03/01T10:00:00Z", "2024-03-01T10.00.00Z", "20240301T100000Z", "2024-03-01T10:00:00+19:00",
        "2024-03-01T10:00:00+00:60", "2024-03-01T10:00:00.1234567890Z", "2024-03-01T10:00:00 UTC",
        "2024-03-01T10:00:00EST", "+2024-03-01T10:00:00Z", "-024-03-01T10:00:00Z", "2024-03-01T10:00:00.12 Z",
        "null", "1709287200", "Fri, 01 Mar 2024 10:00:00 GMT", "２０２４-03-01T10:00:00Z", "2024-03-01T10:0٠:00Z",
        "2024-+3-01T10:00:00Z", "2024-03-01T-1:00:00Z",
    ])
    func refuses(text: String) {
        #expect(LenientDate.parse(text) == nil)
    }

    @Test(arguments: [
        ("2024-03-01T10:00:00.123456+00:00", "2024-03-01T10:00:00.123Z"),
        ("2021-02-11 12:01:36.122439-08", "2021-02-11T20:01:36.122Z"),
        ("2024-03-01 02:00:00.123456-08", "2024-03-01T10:00:00.123Z"),
        ("2024-03-01T10:00:00Z", "2024-03-01T10:00:00.000Z"),
        ("2024-03-01 10:00:00", "2024-03-01T10:00:00.000Z"),
        ("2024-03-01T10:00:00.5", "2024-03-01T10:00:00.500Z"),
        ("2024-03-01t10:00:00z", "2024-03-01T10:00:00.000Z"),
        ("2024-03-01T10:00:00,25Z", "2024-03-01T10:00:00.250Z"),
        ("2024-03-01T10:00:00-0800", "2024-03-01T18:00:00.000Z"),
        ("2024-03-01T10:00:00+05:45", "2024-03-01T04:15:00.000Z"),
        ("2024-03-01T10:00:00-03:30", "2024-03-01T13:30:00.000Z"),
        ("2024-02-29 23:30:00-01", "2024-03-01T00:30:00.000Z"),
        ("2024-01-01T00:15:00+14", "2023-12-31T10:15:00.000Z"),
        ("2024-03-01T10:00:00-00:00", "2024-03-01T10:00:00.000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
    ])
    func reads(text: String, moment: String) {
        #expect(LenientDate.parse(text)?.description == moment)
    }

    @Test(
        arguments: [
            ("", 0), (".0", 0), (".1", 100), (".12", 120), (".123", 123), (".1239", 123), (".12399", 123),
            (".123999", 123), (".009", 9), (".0099", 9), (".999999", 999), (".123456789", 123),
        ] as [(String, Int64)]
    )
    func cutsTheFractionToMilliseconds(fraction: String, milliseconds: Int64) {
        for end in ["", "Z", "+00", "+00:00", "-0000"] {
            let moment = LenientDate.parse("1970-01-01T00:00:00" + fraction + end)
            #expect(moment?.milliseconds == milliseconds, "\(fraction)\(end)")
        }
    }

    @Test func readsWhatTimestampsWrite() {
        var random = SeededGenerator()
        let seed = "\(random)"
        for _ in 0..<5_000 {
            let moment = Timestamp(milliseconds: .random(in: -62_135_596_800_000...253_402_300_799_999, using: &random))
            #expect(LenientDate.parse(moment.description) == moment, "\(moment) \(seed)")
        }
    }

    @Test func readsEveryFormOfEveryMoment() {
        var random = SeededGenerator(stream: 1)
        let seed = "\(random)"
        for _ in 0..<10_000 {
            let seconds = Int64.random(in: 0..<7_289_654_400, using: &random)
            let (text, milliseconds) = Self.form(of: seconds, &random)
            #expect(LenientDate.parse(text)?.milliseconds == seconds * 1_000 + milliseconds, "\(text) \(seed)")
        }
    }

    /// A moment as Foundation writes it for a random time zone, in one of the forms Bond uses, and its milliseconds.
    private static func form(of seconds: Int64, _ random: inout SeededGenerator) -> (String, Int64) {
        let digits = (0..<Int.random(in: 0...6, using: &random)).map { _ in Int64.random(in: 0...9, using: &random) }
        let milliseconds = (digits + [0, 0, 0]).prefix(3).reduce(0) { $0 * 10 + $1 }
        let (end, offset) = zone(&random)
        let local = Date(timeIntervalSince1970: Double(seconds + offset * 60)).formatted(.iso8601).dropLast()
        let day = local.replacing("T", with: random.pick(["T", " "]))
        let fraction = digits.isEmpty ? "" : "." + digits.map(String.init).joined()
        return (day + fraction + end, milliseconds)
    }

    /// The end of a text, and how many minutes its local time is ahead of UTC.
    private static func zone(_ random: inout SeededGenerator) -> (end: String, minutes: Int64) {
        let isBehind = random.chance(oneIn: 2)
        let hours = Int64.random(in: 0...14, using: &random)
        let minutes = Int64.random(in: 0...59, using: &random)
        let whole = isBehind ? -60 * hours : 60 * hours
        let exact = isBehind ? whole - minutes : whole + minutes
        let signed = "\(isBehind ? "-" : "+")\(String(100 + hours).dropFirst())"
        let padded = String(100 + minutes).dropFirst()
        let ends: [(String, Int64)] = [
            ("", 0), ("Z", 0), ("+00:00", 0), (signed, whole), ("\(signed):\(padded)", exact),
            ("\(signed)\(padded)", exact),
        ]
        return random.pick(ends)
    }
}
