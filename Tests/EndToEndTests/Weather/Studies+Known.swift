import Simulator

/// The scenarios that `scripts/pacing` runs.
enum Studies {
    static let all = changing + outages + crowds + known
}

/// Limits that the run is told of.
extension Studies {
    static let known: [WeatherStudy] = [
        knownLimit("known limit, Bond the bottleneck", plaid: 4_500, bond: 3_000, .slidingWindow),
        knownLimit("known limit, Plaid the bottleneck", plaid: 3_000, bond: 4_500, .fixedWindow),
        knownLimit("both stages busy", plaid: 3_000, bond: 3_000, .tokenBucket),
        documented,
    ]

    private static func knownLimit(_ name: String, plaid: Int, bond: Int, _ limiter: LimiterKind) -> WeatherStudy {
        var scenario = WeatherScenario(rows: 5_200, plaid: plaid, bond: bond, "--max-duration", "95s")
        scenario.behaviour.limiter = limiter
        scenario.behaviour.plaidLimit = plaid
        scenario.behaviour.bondLimit = bond
        return WeatherStudy(name, load: 50, scenario) { record in
            judgeKnown(record, limits: [.plaid: plaid, .bond: bond], rates: [.plaid: plaid, .bond: bond])
        }
    }

    /// The defaults, against the limits that Plaid and Bond document.
    private static let documented = {
        var scenario = WeatherScenario(rows: 900, plaid: 400, bond: 600, "--max-duration", "95s")
        scenario.behaviour.plaidLimit = 500
        scenario.behaviour.bondLimit = 1_000
        return WeatherStudy("the defaults under the documented limits", load: 7, scenario) { record in
            judgeKnown(record, limits: [.plaid: 500, .bond: 1_000], rates: [.plaid: 400, .bond: 600])
        }
    }()

    private static func judgeKnown(
        _ record: WeatherRecord,
        limits: [API: Int],
        rates: [API: Int]
    ) -> [Finding] {
        let slowest = rates.values.min() ?? 0
        return API.allCases.flatMap { api in
            let gauge = Gauge(record, api, limit: "\(limits[api] ?? 0)/min")
            let limit = limits[api] ?? 0
            let used = rates[api] == slowest ? [gauge.utilisation(of: slowest, span: nil)] : []
            return used + [gauge.worstWindow(limit), gauge.worstSecond(), gauge.refusals(atMost: 0)]
        } + [Gauge.handOff(record, concurrency: 32)]
    }
}
