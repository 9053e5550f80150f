import Pacing
import Testing

@Suite struct RateScheduleTests {
    @Test(
        arguments: [
            "", " ", "08:00", "8:00=1/s", "24:00=1/s", "08:60=1/s", "08:00=x", "08:00=1/s 08:00=2/s", "08:00=1/s 2/s",
            "08:00==1/s", "-1:00=1/s", "08:00=1/s;09:00=2/s",
        ]
    )
    func takesNothingElse(text: String) {
        #expect(RateSchedule(text) == nil)
    }

    @Test func aRateAloneHoldsAllDay() throws {
        let schedule = try #require(RateSchedule("400/min"))
        #expect(schedule.isConstant)
        #expect([0, 43_200, 86_399].map(schedule.rate) == [.perMinute(400), .perMinute(400), .perMinute(400)])
        #expect(schedule.description == "400/min")
    }

    @Test(
        arguments: [
            (0, "450/min"), (28_799, "450/min"), (28_800, "100/min"), (79_199, "100/min"), (79_200, "450/min"),
            (86_399, "450/min"),
        ]
    )
    func changesWithTheTimeOfDayAndHoldsPastMidnight(second: Int, rate: String) throws {
        for text in ["08:00=100/min 22:00=450/min", "22:00=450/min,08:00=100/min"] {
            let schedule = try #require(RateSchedule(text))
            #expect(schedule.rate(at: second) == Rate(rate))
            #expect(schedule.description == "08:00=100/min 22:00=450/min")
        }
    }

    @Test(arguments: [(0, 28_800), (28_800, 50_400), (79_200, 36_000), (86_399, 28_801)])
    func tellsWhenItChangesNext(second: Int, seconds: Int) throws {
        let schedule = try #require(RateSchedule("08:00=100/min 22:00=450/min"))
        #expect(schedule.timeToChange(at: second) == .seconds(seconds))
    }
}
