import Pacing
import TestSupport
import Testing

@Suite struct RateTests {
    @Test(arguments: [
        "", "/", "400", "/min", "400/", "400/m", "400/minute", "400/MIN", "400/d", "400//min", "400/min/s", "400 /min",
        "400/ min", " 400/min", "400/min ", "0/s", "0.0/min", "-0/h", "-1/s", "nan/s", "inf/s", "infinity/min",
        "1,000/min", "many/s", "Unlimited", "unlimited ", "unlimited/s", "none",
    ])
    func refuses(text: String) {
        #expect(Rate(text) == nil)
    }

    @Test(
        arguments: [
            ("1/s", 1), ("400/min", 400.0 / 60), ("600/min", 10), ("3600/h", 1), ("12/min", 0.2), ("0.5/s", 0.5),
            ("1.5/min", 0.025), ("1000/s", 1_000), ("1/h", 1.0 / 3_600), ("007/s", 7),
        ] as [(String, Double)]
    )
    func reads(text: String, callsPerSecond: Double) throws {
        let rate = try #require(Rate(text))
        #expect(abs(rate.callsPerSecond - callsPerSecond) < 1e-12 * callsPerSecond)
    }

    @Test func unlimitedHasNoEnd() {
        #expect(Rate("unlimited") == .unlimited)
        #expect(Rate.unlimited.callsPerSecond == .infinity)
        #expect(Rate.unlimited.description == "unlimited")
    }

    @Test(arguments: [
        ("400/min", "400/min"), ("600/min", "10/s"), ("60/min", "1/s"), ("12/min", "12/min"), ("1/h", "1/h"),
        ("600/h", "10/min"), ("90/h", "90/h"), ("0.5/s", "30/min"), ("2.5/s", "150/min"), ("1000/s", "1000/s"),
        ("0.1/min", "6/h"), ("7/h", "7/h"), ("1/s", "1/s"), ("1000/min", "1000/min"), ("1001/min", "1001/min"),
    ])
    func writesTheSmallestUnitThatIsWhole(text: String, written: String) {
        #expect(Rate(text)?.description == written)
    }

    @Test func readsWhatItWrites() throws {
        var random = SeededGenerator()
        let seed = "\(random)"
        for _ in 0..<2_000 {
            let count =
                random.chance(oneIn: 2) ? Double(Int.random(in: 1...5_000, using: &random)) : 100 * random.unit() + 1e-3
            let rate = try #require(Rate("\(count)/\(random.pick(["s", "min", "h"]))"), "\(seed)")
            let again = try #require(Rate(rate.description), "\(rate) \(seed)")
            #expect(abs(again.callsPerSecond / rate.callsPerSecond - 1) < 1e-5, "\(rate) \(seed)")
        }
    }

    @Test func rateThatIsTooHighForAnythingIsHandled() async {
        await #expect(processExitsWith: .success) {
            for text in ["1e19/s", "1e300/s", "1e308/h"] {
                guard let rate = Rate(text) else { continue }
                _ = rate.description
                var pacer = GCRA(rate: rate)
                pacer.pay(at: .zero)
            }
        }
    }

    @Test func rateThatIsTooLowForAnythingIsHandled() async {
        await #expect(processExitsWith: .success) {
            for text in ["1e-25/s", "1e-300/h", "4e-324/s"] {
                guard let rate = Rate(text) else { continue }
                _ = rate.description
                var pacer = GCRA(rate: rate)
                pacer.pay(at: .zero)
            }
        }
    }
}
