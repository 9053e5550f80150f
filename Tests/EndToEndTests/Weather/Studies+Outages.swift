import Simulator

/// APIs that are away for a while.
extension Studies {
    static let outages: [WeatherStudy] = [
        outage(.bond, "429, Retry-After 30", Outage(status: 429, retryAfter: .seconds), wasted: 10),
        outage(.plaid, "429, Retry-After a date", Outage(status: 429, retryAfter: .httpDate), wasted: 10),
        outage(.plaid, "503, Retry-After 30", Outage(status: 503, retryAfter: .seconds), wasted: 10),
        outage(.bond, "bare 429", Outage(status: 429), wasted: 50),
        outage(.bond, "bare 503", Outage(status: 503), wasted: 50),
        outage(.plaid, "bare 503", Outage(status: 503), wasted: 50),
        outage(.bond, "resets", Outage(status: 0), wasted: 50),
        outage(.plaid, "resets", Outage(status: 0), wasted: 50),
        closed,
        leaveMeAlone(.bond, .seconds),
        leaveMeAlone(.plaid, .httpDate),
        faults,
    ]

    private static let rate = 1_200

    /// 60 seconds without an answer that helps, then enough rows for half a minute.
    private static func outage(_ api: API, _ name: String, _ outage: Outage, wasted: Double) -> WeatherStudy {
        var scenario = WeatherScenario(rows: 900, plaid: rate, bond: rate)
        scenario.forecast = [
            .init(second: 12) { $0.away(api, outage) },
            .init(second: 72) { $0.away(api, nil) },
        ]
        return WeatherStudy("60 s outage of \(api.rawValue): \(name)", load: 10, scenario) { record in
            let gauge = Gauge(record, api, limit: "none")
            let span = record.span(from: 0)
            return [gauge.wasted(in: span, atMost: wasted), gauge.back(from: span.upperBound)]
                + judgeEnd(record, from: span.upperBound, gauge)
        }
    }

    private static let closed = {
        var scenario = WeatherScenario(rows: 900, plaid: rate, bond: rate)
        scenario.closing = 12..<72
        return WeatherStudy("60 s outage of both: connections refused", load: 10, scenario) { record in
            let span = record.span(from: 0)
            let wasted = record.unanswered.count { span.contains($0) }
            let gauge = Gauge(record, .bond, limit: "none")
            // The ledger tells, for want of a simulator that could.
            return [Gauge.whole("calls wasted, by the ledger", Double(wasted), .atMost(100))]
                + [Gauge(record, .plaid, limit: "none").back(from: span.upperBound), gauge.back(from: span.upperBound)]
                + judgeEnd(record, from: span.upperBound, gauge, lostMints: record.lostMints)
        }
    }()

    /// What an outage must not leave behind; a token whose answer was lost is minted again, whoever asks for it.
    private static func judgeEnd(
        _ record: WeatherRecord,
        from end: Double,
        _ gauge: Gauge,
        lostMints: Int = 0
    ) -> [Finding] {
        let states = record.runs.last?.states ?? [:]
        let repeated = record.counts.map { Double(max(0, $0.tokensRepeated - lostMints)) }
        return [
            gauge.recovery(to: rate, from: end, .open),
            Gauge.whole("exit code", record.runs.last.map { Double($0.exitCode) }, .exactly(0)),
            Gauge.whole("rows left retryable", states["retryable"].map(Double.init), .exactly(0)),
            Gauge.whole("tokens minted twice", repeated, .exactly(0)),
            Gauge.whole("accounts linked twice", record.counts.map { Double($0.doubleLinks) }, .exactly(0)),
            Gauge.whole("POSTs of one row at most", Double(record.log.mostPosts), .open),
            Gauge.handOff(record, concurrency: 32),
        ]
    }

    /// A `Retry-After` of a day ends the run.
    private static func leaveMeAlone(_ api: API, _ form: RetryAfter) -> WeatherStudy {
        var scenario = WeatherScenario(rows: 900, plaid: rate, bond: rate, "--max-duration", "60s")
        scenario.forecast = [
            .init(second: 5) { $0.away(api, Outage(status: 429, retryAfter: form, seconds: 86_400)) }
        ]
        return WeatherStudy("\(api.rawValue) asks for a day, \(form.rawValue)", load: 6, scenario) { record in
            let turned = record.turns.first ?? 0
            let end = record.runs.last?.span.upperBound ?? .infinity
            return [
                Gauge.whole("exit code", record.runs.last.map { Double($0.exitCode) }, .exactly(75)),
                Gauge.whole("ended after", end - turned, .atMost(5), unit: " s"),
                Gauge.whole("what to type now is said", record.runs.last?.next == nil ? 0 : 1, .exactly(1)),
                // Those that were out when the first answer came.
                Gauge(record, api, limit: "none").wasted(in: turned..<end, atMost: 32),
            ]
        }
    }

    /// Three calls in ten fail in a way that may pass.
    private static let faults = {
        var scenario = WeatherScenario(rows: 1_500, plaid: 1_800, bond: 3_600)
        scenario.behaviour.faults = [.mint: ["plaid-500": 0.15, "plaid-503": 0.15]]
        return WeatherStudy("30 % of Plaid's answers are errors", load: 25, scenario) { record in
            let (again, accounts) = record.log.retries
            // Besides the budget: probes of an API that seems to be out, which are nobody's tries.
            let allowed = 30 + 0.1 * Double(accounts)
            return [Gauge.whole("retries of \(accounts) rows", Double(again), .atMost(allowed))]
        }
    }()
}

extension SimulatorBehaviour {
    fileprivate mutating func away(_ api: API, _ outage: Outage?) {
        if api == .plaid { plaidOutage = outage } else { bondOutage = outage }
    }
}
