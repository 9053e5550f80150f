import Domain
import Pacing
import Pipeline
import TestSupport

/// One run of a simulation: its options, the weather it meets, and how it ends.
struct RunPlan: Sendable {
    var settings = RunSettings()
    var rates: [API: Rate] = [:]
    var weather = Weather.fair
    var plaid = RemoteServer()
    var bond = RemoteServer()
    var fate = Life.Fate.ends
    /// The time that passes before it.
    var pause = Duration.zero

    /// A run in any weather.
    init(climate: Climate, now: Duration, _ random: inout SeededGenerator) {
        self.init(climate: climate, &random)
        let settle = Int(climate.settle.wholeMilliseconds)
        let longest = random.pick([0, settle, settle + 5_000, settle + 10_000, 200_000])
        pause = .milliseconds(Int.random(in: 0...longest, using: &random))
        weather = Weather(&random)
        plaid = Self.server(rates[.plaid], at: now + pause, &random)
        bond = Self.server(rates[.bond], at: now + pause, &random)
        if random.chance(percent: 45) {
            fate = .dies(step: Int.random(in: 1...random.pick([40, 100, 200]), using: &random))
        }
        if random.chance(percent: 5) { fate = .losesDisk(step: Int.random(in: 1...150, using: &random)) }
        if random.chance(percent: 8) { fate = .isStopped(step: Int.random(in: 1...150, using: &random)) }
        if random.chance(percent: 20) { settings.limit = Int.random(in: 0...8, using: &random) }
        if random.chance(percent: 10) { settings.maxDuration = .seconds(Int.random(in: 1...90, using: &random)) }
        if random.chance(percent: 10) { settings.deferralLimit = Int.random(in: 0...3, using: &random) }
        if random.chance(percent: 10) { settings.patience = .seconds(Int.random(in: 5...90, using: &random)) }
        if random.chance(percent: 10) { settings.processorTokenAge = .seconds(Int.random(in: 0...60, using: &random)) }
        if random.chance(percent: 20) { settings.retry = [.rejected] }
        if weather.isFlaky { exhaustRetries() }
    }

    /// A run in fair weather, when whoever had to do something has done it.
    init(resting climate: Climate, _ random: inout SeededGenerator) {
        self.init(climate: climate, &random)
        pause = .seconds(100_000)
        settings.retry = [.rejected]
        plaid.limit = Self.allowed(rates[.plaid])
        bond.limit = Self.allowed(rates[.bond])
    }

    /// Lets the rows fail as often as they may, so that the budget for that is met.
    private mutating func exhaustRetries() {
        settings.retries = RetryPolicy(tries: 4)
        settings.limit = nil
        settings.maxDuration = nil
        (plaid, fate) = (RemoteServer(), .ends)
    }

    private init(climate: Climate, _ random: inout SeededGenerator) {
        settings.settle = climate.settle
        settings.concurrency = random.pick([1, 2, 3, 4, 8])
        settings.window = random.pick([1, 2, 4, 8, 16])
        settings.callTimeout = .seconds(random.pick([5, 10, 30]))
        settings.trustList = !climate.isBlind && random.chance(percent: 15)
        settings.sendsIdempotencyKey = random.chance(percent: 15)
        settings.retries = RetryPolicy(tries: Int.random(in: 1...4, using: &random))
        for api in [API.plaid, .bond] { rates[api] = Self.rate(&random) }
    }

    private static func rate(_ random: inout SeededGenerator) -> Rate {
        let calls = random.pick([0, 20, 60, 300, 600, 3_000])
        return calls == 0 ? .unlimited : .perMinute(Double(calls))
    }

    private static func allowed(_ rate: Rate?) -> Int? {
        guard let rate, rate != .unlimited else { return nil }
        return Int((rate.callsPerSecond * 60).rounded(.up))
    }

    private static func server(_ rate: Rate?, at now: Duration, _ random: inout SeededGenerator) -> RemoteServer {
        var server = RemoteServer()
        server.limit = allowed(rate)
        server.namesWait = random.chance(percent: 50)
        // Somebody else uses the same keys.
        if random.chance(percent: 25) {
            server.limit = (server.limit ?? 60) * Int.random(in: 30...90, using: &random) / 100
        }
        for _ in 0..<random.pick([0, 0, 0, 1, 2]) {
            let from = now + .milliseconds(Int.random(in: 0...20_000, using: &random))
            let length = Duration.milliseconds(Int.random(in: 100...90_000, using: &random))
            server.outages.append(RemoteServer.Outage(from: from, to: from + length, trouble: trouble(&random)))
        }
        return server
    }

    private static func trouble(_ random: inout SeededGenerator) -> RemoteServer.Trouble {
        random.pick([
            .tooMany(retryAfter: nil), .tooMany(retryAfter: .seconds(random.pick([1, 5, 30]))),
            .failure(status: 503), .failure(status: 500), .breaks, .unreachable,
        ])
    }
}
