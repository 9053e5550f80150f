import Pacing
import TestSupport
import Testing

/// A climate's written form.
@Suite(.timeLimit(.minutes(5))) struct ClimateTests {
    @Test(arguments: ["unlimited", "100/s", "7/min"])
    func comesBackAsItWasInAnyWeather(text: String) async throws {
        let crew = Crew(2, at: try #require(Rate(text)), stream: 31)
        try await crew.run {
            try await crew.work(0..<2, until: .seconds(60)) { worker, at in
                switch Int(at / .seconds(4)) % 8 {
                case 1: .overLimit(retryAfter: worker == 0 ? .milliseconds(300) : nil)
                case 3: .failed(isFirst: true, retryAfter: nil)
                case 5: .away(retryAfter: .seconds(1) / 3)
                case 6: .faltered(isFirst: true)
                default: .served
                }
            }
        }
        let forms = crew.keeper.forms
        #expect(forms.count > 20)
        for form in forms {
            let climate = try Climate(reading: form)
            #expect(try Climate(reading: climate.written()) == climate)
        }
        #expect(try crew.keeper.climate == Climate(reading: try #require(forms.last)))
        #expect(text != "unlimited" || forms[0].contains("inf"))
    }

    @Test(arguments: [
        ("\"form\":1", "\"form\":2"), ("\"counts\":[0,", "\"counts\":["), ("\"newest\":0", "\"newest\":-1"),
        ("\"oldest\":0", "\"oldest\":100"), ("\"callsPerSecond\":", "\"callsPerSecond\":-"), ("{\"", "{"), ("", "[]"),
    ])
    func anotherFormIsNobodys(part: String, change: String) throws {
        let form = try Climate(ceiling: .perSecond(10)).written()
        #expect(try Climate(reading: form) == Climate(ceiling: .perSecond(10)))
        let other = part.isEmpty ? change : form.replacing(part, with: change)
        #expect(other != form)
        #expect(throws: DecodingError.self) { try Climate(reading: other) }
    }
}
