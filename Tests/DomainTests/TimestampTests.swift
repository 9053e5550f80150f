import Domain
import FoundationEssentials
import TestSupport
import Testing

@Suite struct TimestampTests {
    private static let day: Int64 = 86_400_000
    /// 2201-01-01T00:00:00Z.
    private static let end: Int64 = 7_289_654_400_000

    /// The moment as Foundation writes it: its whole seconds, and the rest by hand, free of rounding.
    private static func written(_ milliseconds: Int64) -> String {
        let (seconds, rest) = milliseconds.floorDivided(by: 1_000)
        let text = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
        return text.dropLast() + "." + String(1_000 + rest).dropFirst() + "Z"
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (1, "1970-01-01T00:00:00.001Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"), (1_709_251_199_000, "2024-02-29T23:59:59.000Z"),
            (1_795_424_700_250, "2026-11-23T09:05:00.250Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (7_289_654_399_999, "2200-12-31T23:59:59.999Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        ] as [(Int64, String)]
    )
    func description(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test func descriptionIsFoundations() {
        var random = SeededGenerator()
        let seed = "\(random)"
        for _ in 0..<10_000 {
            let milliseconds = Int64.random(in: 0..<Self.end, using: &random)
            #expect(Timestamp(milliseconds: milliseconds).description == Self.written(milliseconds), "\(seed)")
        }
    }

    @Test func everyDaysEdgesAreFoundations() {
        for day in stride(from: 0, to: Self.end, by: 7 * Int(Self.day) + Int(Self.day)) {
            for milliseconds in [day, day + Self.day - 1] {
                #expect(Timestamp(milliseconds: milliseconds).description == Self.written(milliseconds))
            }
        }
    }

    @Test func addsAndSubtracts() {
        let moment = Timestamp(milliseconds: 1_000)
        #expect(moment + .seconds(2) == Timestamp(milliseconds: 3_000))
        #expect(moment - .seconds(2) == Timestamp(milliseconds: -1_000))
        #expect(moment + .seconds(-2) == moment - .seconds(2))
        #expect(moment + .microseconds(999) == moment)
        #expect(Timestamp(milliseconds: 500).since(moment) == .milliseconds(-500))
        #expect(moment.since(Timestamp(milliseconds: 500)) == .milliseconds(500))
    }

    @Test func ordersByTime() {
        #expect(Timestamp(milliseconds: -1) < Timestamp(milliseconds: 0))
        #expect(!(Timestamp(milliseconds: 1) < Timestamp(milliseconds: 1)))
        #expect([3, 1, 2].map(Timestamp.init(milliseconds:)).max() == Timestamp(milliseconds: 3))
    }
}

@Suite struct CivilDateTests {
    @Test(
        arguments: [
            (2023, 2, 29), (1900, 2, 29), (2100, 2, 29), (2024, 2, 30), (2024, 4, 31), (2024, 6, 31), (2024, 9, 31),
            (2024, 11, 31), (2024, 1, 32), (2024, 12, 32), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0), (2024, 1, -1),
        ] as [(Int64, Int64, Int64)]
    )
    func noSuchDay(year: Int64, month: Int64, day: Int64) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test(
        arguments: [
            (1970, 1, 1, 0), (1970, 1, 2, 1), (1969, 12, 31, -1), (1972, 2, 29, 789), (2000, 2, 29, 11_016),
            (2000, 3, 1, 11_017), (2024, 12, 31, 20_088), (2100, 2, 28, 47_540), (2100, 3, 1, 47_541),
            (1600, 2, 29, -135_081), (1, 1, 1, -719_162),
        ] as [(Int64, Int64, Int64, Int64)]
    )
    func countsDays(year: Int64, month: Int64, day: Int64, days: Int64) throws {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        #expect(date.daysSince1970 == days)
        #expect(CivilDate(daysSince1970: days) == date)
    }

    @Test func everyDayFollowsTheOneBefore() throws {
        var previous = CivilDate(daysSince1970: -1)
        for days in Int64(0)..<84_400 {
            let date = CivilDate(daysSince1970: days)
            let isNextDay = date.year == previous.year && date.month == previous.month && date.day == previous.day + 1
            let isNextMonth = date.day == 1 && date.month == previous.month % 12 + 1
            #expect(isNextDay || isNextMonth, "\(previous) \(date)")
            #expect(
                CivilDate(year: previous.year, month: previous.month, day: previous.day + 1) == (isNextDay ? date : nil)
            )
            #expect(date.daysSince1970 == days)
            previous = date
        }
    }
}

@Suite struct FloorDivisionTests {
    @Test(
        arguments: [
            (7, 3, 2, 1), (-7, 3, -3, 2), (-6, 3, -2, 0), (0, 3, 0, 0), (-1, 86_400_000, -1, 86_399_999),
        ] as [(Int64, Int64, Int64, Int64)]
    )
    func roundsDown(dividend: Int64, divisor: Int64, quotient: Int64, remainder: Int64) {
        let result = dividend.floorDivided(by: divisor)
        #expect(result.quotient == quotient)
        #expect(result.remainder == remainder)
    }
}

@Suite struct DurationUnitTests {
    @Test(
        arguments: [
            (.zero, 0), (.milliseconds(1_500), 1_500), (.microseconds(1_999), 1), (.nanoseconds(999_999), 0),
            (.milliseconds(-1_500), -1_500), (.microseconds(-1_999), -1), (.seconds(86_400), 86_400_000),
        ] as [(Duration, Int64)]
    )
    func wholeMillisecondsCutOff(duration: Duration, milliseconds: Int64) {
        #expect(duration.wholeMilliseconds == milliseconds)
    }

    @Test func inSeconds() {
        #expect(Duration.milliseconds(1_250).inSeconds == 1.25)
        #expect(Duration.milliseconds(-250).inSeconds == -0.25)
    }
}
