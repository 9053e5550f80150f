import Simulator

/// Findings about one API in a record.
struct Gauge {
    private let record: WeatherRecord
    private let api: API
    private let limit: String
    private var log: WeatherLog { record.log }

    init(_ record: WeatherRecord, _ api: API, limit: String) {
        self.record = record
        self.api = api
        self.limit = limit
    }

    private func finding(_ quantity: String, _ value: Double?, _ bar: Finding.Bar, unit: String = "") -> Finding {
        Finding(api: api, limit: limit, quantity: quantity, value: value, unit: unit, bar: bar)
    }

    func utilisation(of perMinute: Int, span: Range<Double>?, _ bar: Finding.Bar = .atLeast(97)) -> Finding {
        finding("utilisation", log.utilisation(api, of: Double(perMinute), in: span), bar, unit: " %")
    }

    func worstWindow(_ limit: Int) -> Finding {
        finding("calls in the worst 60 s", Double(log.most(api, in: 60)), .atMost(Double(limit)))
    }

    func worstSecond() -> Finding {
        finding("calls in the worst second", Double(log.most(api, in: 1)), .open)
    }

    func refusals(atMost bar: Double) -> Finding {
        finding("refusals", Double(log.calls(api).count(where: \.isRefused)), .atMost(bar))
    }

    func refusals(in span: Range<Double>, _ when: String, _ bar: Finding.Bar) -> Finding {
        finding("refusals \(when)", Double(log.calls(api, in: span).count(where: \.isRefused)), bar)
    }

    func refusalsPerThousand(in span: Range<Double>, _ when: String, _ bar: Finding.Bar = .atMost(20)) -> Finding {
        finding("refusals per 1,000 \(when)", log.refusalsPerThousand(api, in: span), bar)
    }

    func recovery(to perMinute: Int, from start: Double, _ bar: Finding.Bar = .atMost(30)) -> Finding {
        finding("back at 95 % after", log.recovery(api, to: Double(perMinute), from: start), bar, unit: " s")
    }

    func wasted(in span: Range<Double>, atMost bar: Double) -> Finding {
        finding("calls wasted", Double(log.calls(api, in: span).count { !$0.isServed }), .atMost(bar))
    }

    func back(from start: Double) -> Finding {
        let served = log.calls(api).first { $0.isServed && $0.second >= start }
        return finding("first call served after", served.map { $0.second - start }, .open, unit: " s")
    }

    /// The rows between the two stages: each takes its room before it is minted, and gives it back once it is posted.
    static func handOff(_ record: WeatherRecord, concurrency: Int) -> Finding {
        Finding(
            limit: "",
            quantity: "rows between the stages",
            value: Double(record.log.handOff),
            bar: .atMost(Double(2 * concurrency))
        )
    }

    /// A number about the whole run.
    static func whole(_ quantity: String, _ value: Double?, _ bar: Finding.Bar, unit: String = "") -> Finding {
        Finding(limit: "", quantity: quantity, value: value, unit: unit, bar: bar)
    }
}
