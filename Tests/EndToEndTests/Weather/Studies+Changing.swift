import Simulator

/// Limits that the run is not told of.
extension Studies {
    static let changing: [WeatherStudy] = [
        halved("unknown half limit, sliding 10 s", .bond, .slidingWindow, period: 10),
        halved("unknown half limit, sliding 60 s", .bond, .slidingWindow, period: 60),
        halved("unknown half limit, fixed 60 s", .plaid, .fixedWindow, period: 60),
        halved("unknown half limit, bucket of 10 s", .plaid, .tokenBucket, period: 10),
        halved("unknown half limit, sliding 10 s, Retry-After", .plaid, .slidingWindow, period: 10, .seconds),
        small(.plaid, rate: 400, .none),
        small(.bond, rate: 600, .seconds),
        unlimited,
        learned,
    ]

    private static let rate = 1_200

    /// Rates of 1,200/min for that API and more than enough for the other one.
    private static func told(rows: Int, _ api: API, _ seconds: Int) -> WeatherScenario {
        WeatherScenario(
            rows: rows,
            plaid: api == .plaid ? rate : 2 * rate,
            bond: api == .bond ? rate : 2 * rate,
            "--max-duration",
            "\(seconds)s"
        )
    }

    /// Half the limit for two minutes, after 20 seconds of the whole one and before 50 more.
    private static func halved(
        _ name: String,
        _ api: API,
        _ limiter: LimiterKind,
        period: Double,
        _ retryAfter: RetryAfter = .none
    ) -> WeatherStudy {
        var scenario = told(rows: 3_400, api, 192)
        scenario.behaviour.limiter = limiter
        scenario.behaviour.limitPeriod = period
        scenario.behaviour.retryAfter = retryAfter
        scenario.behaviour.limit(api, to: rate)
        scenario.forecast = [
            .init(second: 20) { $0.limit(api, to: rate / 2) },
            .init(second: 140) { $0.limit(api, to: rate) },
        ]
        return WeatherStudy(name, load: 14, scenario) { record in
            let half = Gauge(record, api, limit: "\(rate / 2)/min of \(rate)/min")
            let whole = Gauge(record, api, limit: "\(rate)/min again")
            let span = record.span(from: 0)
            // What was let through before the limit fell fills the first period; fixed ones fill one by one.
            let settled =
                limiter == .fixedWindow
                ? record.periods(of: period, in: span)
                : min(span.lowerBound + period, span.upperBound)..<span.upperBound
            return [
                half.refusalsPerThousand(in: span, "while it is halved"),
                half.utilisation(of: rate / 2, span: settled, .atLeast(85)),
                whole.recovery(to: rate, from: span.upperBound),
                Gauge.handOff(record, concurrency: 32),
            ]
        }
    }

    /// A limit of 20 a minute where hundreds were promised.
    private static func small(_ api: API, rate: Int, _ retryAfter: RetryAfter) -> WeatherStudy {
        var scenario = WeatherScenario(
            rows: 800,
            plaid: api == .plaid ? rate : 2 * rate,
            bond: api == .bond ? rate : 2 * rate,
            "--max-duration",
            "185s"
        )
        scenario.behaviour.limit(api, to: 20)
        scenario.behaviour.retryAfter = retryAfter
        let name = "20/min where \(rate)/min are given" + (retryAfter == .none ? "" : ", Retry-After")
        return WeatherStudy(name, load: 2, scenario) { record in
            let gauge = Gauge(record, api, limit: "20/min")
            return [
                gauge.refusals(in: 0..<60, "in the first minute", .open),
                gauge.refusals(in: 60..<180, "in two minutes after that", .atMost(4)),
                gauge.utilisation(of: 20, span: 60..<180, .atLeast(75)),
            ]
        }
    }

    /// No rate given at all: the first refusals tell it.
    private static let unlimited = {
        var scenario = WeatherScenario(rows: 2_600, plaid: 2 * rate, bond: rate, "--max-duration", "95s")
        scenario.runs[0] = scenario.runs[0].map { $0 == "\(rate)/min" ? "unlimited" : $0 }
        scenario.behaviour.limitPeriod = 10
        scenario.behaviour.bondLimit = rate
        return WeatherStudy("no rate given", load: 20, scenario) { record in
            let gauge = Gauge(record, .bond, limit: "\(rate)/min")
            return [
                gauge.refusals(in: 0..<30, "in the first 30 s", .open),
                gauge.refusalsPerThousand(in: 30..<90, "in the minute after that"),
                gauge.utilisation(of: rate, span: 30..<90, .atLeast(85)),
            ]
        }
    }()

    /// The second night begins at the rate that the first one has learned.
    private static let learned = {
        var scenario = told(rows: 2_400, .bond, 60)
        scenario.behaviour.limitPeriod = 10
        scenario.behaviour.bondLimit = rate / 2
        scenario.runs.append(scenario.runs[0])
        scenario.rest = 11
        return WeatherStudy("the next night, half the rate given", load: 12, scenario) { record in
            let gauge = Gauge(record, .bond, limit: "\(rate / 2)/min")
            let starts = record.runs.map(\.span.lowerBound)
            return [
                gauge.refusals(in: 0..<30, "in the first night's first 30 s", .open),
                gauge.refusalsPerThousand(in: starts[1]..<starts[1] + 30, "in the second night's first 30 s"),
                gauge.utilisation(of: rate / 2, span: starts[1] + 5..<starts[1] + 55, .atLeast(85)),
            ]
        }
    }()
}

extension SimulatorBehaviour {
    fileprivate mutating func limit(_ api: API, to limit: Int?) {
        if api == .plaid { plaidLimit = limit } else { bondLimit = limit }
    }
}
