import Pacing
import TestSupport
import Testing

/// A limit that is lower than the rate given: how much of it is used, how often it is touched, how soon it is left.
@Suite struct ForecastTests {
    private static let ceiling = 10.0
    private static let halved = 70.0..<370.0

    private static func limit(at time: Double) -> Double {
        halved.contains(time) ? ceiling / 2 : ceiling
    }

    /// Always the same seven courses: the bars are close to what is measured, and other courses would miss them by luck.
    @Test(arguments: Limiter.allCases, [true, false])
    func halvedLimitIsUsedSeldomTouchedAndLeftWithinHalfAMinute(limiter: Limiter, givesRetryAfter: Bool) throws {
        var refusals: [Double] = []
        var use: [Double] = []
        var recovery: [Double] = []
        for seed in UInt64(1)...7 {
            var random = SeededGenerator(seed: seed, stream: 17)
            let forecast = Forecast(
                limiter: limiter,
                ceiling: Self.ceiling,
                givesRetryAfter: givesRetryAfter,
                limit: Self.limit
            )
            let calls = forecast.calls(for: 470, &random)
            let lean = calls.filter { Self.halved.contains($0.at) }
            let served = Double(lean.count(where: \.isServed))
            refusals.append(Double(lean.count) / served - 1)
            use.append(served / (Self.halved.upperBound - Self.halved.lowerBound) / (Self.ceiling / 2))
            recovery.append(Self.recovery(calls))
        }
        #expect(median(refusals) <= 0.025, "refusals for each call served")
        #expect(median(use) >= 0.7)
        #expect(median(recovery) <= 30, "seconds")
    }

    @Test(arguments: [Limiter.slidingMinute, .fixedMinute, .bucket], [true, false])
    func limitFarBelowTheRateGivenIsObeyed(limiter: Limiter, givesRetryAfter: Bool) {
        var random = SeededGenerator(stream: 23)
        let seed = "\(random)"
        let forecast = Forecast(limiter: limiter, ceiling: 400.0 / 60, givesRetryAfter: givesRetryAfter) { _ in
            20.0 / 60
        }
        let calls = forecast.calls(for: 3_600, &random)
        let later = calls.filter { $0.at > 300 }
        let served = Double(later.count(where: \.isServed))
        #expect(Double(later.count) / served - 1 <= 0.05, "\(seed)")
        #expect(served / 3_300 >= 0.8 * 20 / 60, "\(seed)")
        #expect(calls.count(where: { !$0.isServed && (60..<180).contains($0.at) }) <= 8, "\(seed)")
        #expect(calls.count(where: { !$0.isServed && $0.at <= 300 }) <= 24, "\(seed)")
    }

    @Test(arguments: Limiter.allCases)
    func knownLimitIsNeverTouched(limiter: Limiter) {
        var random = SeededGenerator(stream: 29)
        let forecast = Forecast(limiter: limiter, ceiling: Self.ceiling, givesRetryAfter: false) { _ in Self.ceiling }
        let calls = forecast.calls(for: 300, &random)
        #expect(calls.count(where: \.isServed) == calls.count)
        #expect(Double(calls.count) / 300 / Self.ceiling > 0.975)
    }

    /// The seconds after the limit's return until five seconds see 95 % of what the ceiling allows.
    private static func recovery(_ calls: [Forecast.Call]) -> Double {
        let served = calls.filter { $0.isServed && $0.at >= halved.upperBound }.map(\.at)
        let wanted = Int(5 * ceiling * GCRA.share * 0.95)
        for (first, at) in served.enumerated() where first + wanted <= served.count {
            if served[first + wanted - 1] <= at + 5 { return at - halved.upperBound }
        }
        return .infinity
    }

    private func median(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2]
    }
}
