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

/// How long calls take under a schedule.
@Suite struct RateForecastTests {
    @Test func takesTheShareOfTheRateThatIsUsed() throws {
        let schedule = RateSchedule(.perMinute(400))
        let duration = try #require(schedule.duration(of: 3_000, from: 0))
        #expect(abs(duration / .seconds(1) - 3_000 / (400.0 / 60 * 0.98)) < 0.001)
        let learned = try #require(schedule.duration(of: 98, from: 0, under: 1))
        #expect(abs(learned / .seconds(100) - 1) < 1e-9)
    }

    @Test func noRateNoForecast() {
        #expect(RateSchedule(.unlimited).duration(of: 5, from: 0) == nil)
    }

    @Test func goesThroughTheDay() throws {
        // 98 % of 100 an hour before eight, of 1,000 an hour from then on.
        let schedule = try #require(RateSchedule("00:00=100/h 08:00=1000/h"))
        let calls = 98 + 980 * 16 + 98 * 8 + 490
        let duration = try #require(schedule.duration(of: calls, from: 7 * 3_600))
        #expect(abs(duration / .seconds(3_600) - (1 + 16 + 8 + 0.5)) < 1e-6)
    }
}
