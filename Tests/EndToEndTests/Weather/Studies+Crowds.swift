import Simulator

/// Thousands of rows of one customer, or of one Item, among others.
extension Studies {
    static let crowds: [WeatherStudy] = [hotCustomer, hotItem]

    /// How the hot customer's rows lie among the others.
    private enum Order {
        case absent
        case scattered
        case inARow
    }

    private static let others = 3_000

    /// The others' time with the hot customer, scattered and in a row, beside their time without.
    ///
    /// One POST of two seconds at a time is all that the customer may take, one in a hundred of what the rate allows.
    private static let hotCustomer = {
        let sheet = Sheet(others)
        let crowd = Sheet(others, customers: 1)
        let orders: [Order] = [.absent, .scattered, .inARow]
        let scenarios = orders.map { hotCustomer(mix(sheet, crowd, $0), waitingFor: sheet) }
        let accounts = Set(sheet.rows.map(\.account))
        let hot = Set(crowd.rows.map(\.account))
        return WeatherStudy("3,000 rows of one customer among 3,000 others", load: 150, scenarios) { records in
            let times = records.map { $0.log.lastLink(of: accounts) }
            let names = ["without", "scattered", "in a row"]
            let shown = zip(names, times).map { name, time in
                Gauge.whole("others linked, \(name)", time, .open, unit: " s")
            }
            return shown
                + [1, 2].flatMap { index in
                    judge(records[index], names[index], times[index], beside: times[0], hot)
                }
        }
    }()

    private static func judge(
        _ record: WeatherRecord,
        _ name: String,
        _ time: Double?,
        beside usual: Double?,
        _ hot: Set<String>
    ) -> [Finding] {
        let loss = time.flatMap { time in usual.map { 100 * (time / $0 - 1) } }
        let own = record.log.calls(.bond).count { $0.isServed && $0.account.map(hot.contains) ?? false }
        return [
            Gauge.whole("cost to the others, \(name)", loss, .atMost(2), unit: " %"),
            Gauge.whole("meanwhile linked of the crowd, \(name)", Double(own), .open),
            Gauge.handOff(record, concurrency: 160),
        ]
    }

    private static func hotCustomer(_ sheet: Sheet, waitingFor others: Sheet) -> WeatherScenario {
        var scenario = WeatherScenario(rows: 0, plaid: 3_000, bond: 3_000, "--concurrency", "160")
        scenario.sheet = sheet
        scenario.behaviour.bondLatency = 2...2
        let owners = Set(others.rows.map(\.customer))
        scenario.isEnough = { world in
            let links = world.links
            return links.count >= owners.count && links.count { owners.contains($0.owner) } == owners.count
        }
        return scenario
    }

    private static func mix(_ sheet: Sheet, _ crowd: Sheet, _ order: Order) -> Sheet {
        var mixed = sheet
        switch order {
        case .absent: break
        case .scattered: mixed.rows = zip(crowd.rows, sheet.rows).flatMap { [$0, $1] }
        case .inARow: mixed.rows = crowd.rows + sheet.rows
        }
        return mixed
    }

    /// One access token with thousands of accounts: Plaid limits mints by client and not by Item.
    private static let hotItem = {
        var scenario = WeatherScenario(rows: 3_000, plaid: 3_000, bond: 4_500)
        scenario.behaviour.plaidLimit = 3_000
        for index in 0..<1_500 { scenario.sheet.rows[index].token = scenario.sheet.rows[0].token }
        return WeatherStudy("1,500 accounts of one Item, then 1,500 others", load: 50, scenario) { record in
            let gauge = Gauge(record, .plaid, limit: "3000/min")
            return [gauge.utilisation(of: 3_000, span: nil), gauge.refusals(atMost: 0)]
        }
    }()
}
