import Simulator
import Testing

@Suite("Findings and their table")
struct FindingTests {
    @Test(
        "a bar is met at its bound; what never came fails every bar",
        arguments: [
            (97, .atLeast(97), true), (96.9, .atLeast(97), false), (20, .atMost(20), true), (20.1, .atMost(20), false),
            (0, .exactly(0), true), (1, .exactly(0), false), (5, .open, nil), (nil, .atMost(30), false),
            (nil, .open, nil),
        ] as [(Double?, Finding.Bar, Bool?)]
    )
    func bars(value: Double?, bar: Finding.Bar, isMet: Bool?) {
        #expect(Finding(limit: "", quantity: "", value: value, bar: bar).isMet == isMet)
    }

    @Test("a line for each finding, the scenario named once, the columns in line")
    func table() {
        let used = Finding(api: .bond, limit: "60/min", quantity: "used", value: 97.96, unit: " %", bar: .atLeast(97))
        let back = Finding(limit: "", quantity: "back", value: nil, unit: " s", bar: .atMost(30))
        #expect(
            WeatherTable([("calm", [used, back])]).text == """
                | scenario | API  | limit  | measured    | bar           | verdict  |
                | -------- | ---- | ------ | ----------- | ------------- | -------- |
                | calm     | bond | 60/min | used: 98 %  | at least 97 % | pass     |
                |          |      |        | back: never | at most 30 s  | **FAIL** |

                1 of 2 bars are met.

                """
        )
    }
}
