import Foundation
import Simulator

/// The simulator's log of a scenario's calls, and what can be read off it: pure functions, with tests of their own.
struct WeatherLog: Sendable {
    let arrivals: [Arrival]

    init(_ arrivals: [Arrival]) {
        self.arrivals = arrivals
    }

    init(_ calls: [CallRecord], since start: Date) {
        arrivals = calls.map { call in
            Arrival(
                api: call.api,
                second: call.time.timeIntervalSince(start),
                status: call.status,
                operation: call.operation,
                account: call.accountID
            )
        }
    }

    /// A line for each call.
    var csv: String {
        let lines = arrivals.map { call in
            "\(call.second),\(call.operation?.rawValue ?? ""),\(call.status),\(call.account ?? "")\n"
        }
        return "second,operation,status,account_id\n" + lines.joined()
    }

    /// The calls of one API, all of them or those within `span`.
    func calls(_ api: API, in span: Range<Double>? = nil) -> [Arrival] {
        arrivals.filter { $0.api == api && (span?.contains($0.second) ?? true) }
    }

    /// The most calls of an API that came in during any `seconds`.
    func most(_ api: API, in seconds: Double) -> Int {
        let times = calls(api).map(\.second).sorted()
        var (first, most) = (0, 0)
        for (last, time) in times.enumerated() {
            while time - times[first] >= seconds { first += 1 }
            most = max(most, last - first + 1)
        }
        return most
    }

    /// The calls that were refused for each 1,000 that were served.
    func refusalsPerThousand(_ api: API, in span: Range<Double>? = nil) -> Double {
        let calls = calls(api, in: span)
        return 1_000 * Double(calls.count(where: \.isRefused)) / Double(max(1, calls.count(where: \.isServed)))
    }

    /// The part of `perMinute` that was served, in percent: within `span`, or from the first call to the last one.
    func utilisation(_ api: API, of perMinute: Double, in span: Range<Double>? = nil) -> Double {
        let served = calls(api, in: span).filter(\.isServed).map(\.second)
        if let span { return 6_000 * Double(served.count) / (perMinute * (span.upperBound - span.lowerBound)) }
        guard let first = served.min(), let last = served.max(), last > first else { return 0 }
        return 6_000 * Double(served.count - 1) / (perMinute * (last - first))
    }

    /// Seconds from `start` to the first five that serve 95 % of `perMinute`; nil where none do.
    func recovery(_ api: API, to perMinute: Double, from start: Double) -> Double? {
        let times = calls(api).filter { $0.isServed && $0.second >= start }.map(\.second).sorted()
        let wanted = Int((0.95 * 5 * perMinute / 60).rounded(.up))
        for (index, time) in times.enumerated() {
            let last = index + wanted - 1
            guard times.indices.contains(last) else { return nil }
            if times[last] - time < 5 { return time - start }
        }
        return nil
    }

    /// The most accounts that had their token and whose POST had not yet come, or only to be refused.
    var handOff: Int {
        var waiting: Set<String> = []
        var most = 0
        for call in arrivals where !call.isRefused {
            guard let account = call.account else { continue }
            if call.operation == .mint, call.isServed { waiting.insert(account) }
            if call.operation == .link { waiting.remove(account) }
            most = max(most, waiting.count)
        }
        return most
    }

    /// The mints that were asked for again, and the accounts they were asked for at all.
    var retries: (again: Int, accounts: Int) {
        let accounts = arrivals.filter { $0.operation == .mint }.compactMap(\.account)
        let different = Set(accounts).count
        return (accounts.count - different, different)
    }

    /// The most POSTs that one account took.
    var mostPosts: Int {
        let posts = arrivals.filter { $0.operation == .link }.compactMap(\.account)
        return Dictionary(grouping: posts) { $0 }.values.map(\.count).max() ?? 0
    }

    /// When the last of these accounts was linked; nil where one was not.
    func lastLink(of accounts: Set<String>) -> Double? {
        var missing = accounts
        for call in arrivals where call.operation == .link && call.isServed {
            guard let account = call.account, missing.remove(account) != nil else { continue }
            if missing.isEmpty { return call.second }
        }
        return nil
    }
}
