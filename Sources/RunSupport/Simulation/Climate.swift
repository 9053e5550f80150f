import Domain
import TestSupport

/// What stays the same about Plaid and Bond in one simulation.
struct Climate: Sendable {
    /// Bond's clock minus this machine's.
    let bondOffset: Duration
    /// The longest that a link stays out of Bond's list.
    let listDelay: Duration
    /// How long the run waits for the list; the list is never slower.
    let settle: Duration
    /// Whether Bond's list never shows anything.
    let isBlind: Bool
    /// Whether dates are cut to the second.
    let cutsDates: Bool
    /// Whether Bond refuses tokens of earlier runs now and then.
    let refusesOldTokens: Bool
    /// The longest that a call is on its way to a server.
    let up: Int
    /// The longest that a call usually takes at a server, in milliseconds.
    let work: Int
    /// POSTs in a hundred that take Bond far longer.
    let slowness: Int
    /// The longest that a commit takes, in milliseconds, before and after it is durable.
    let disk: Int
    /// The most that timers are late, in milliseconds.
    let lateness: Int

    init(_ random: inout SeededGenerator) {
        let settle = Int.random(in: 1_100...random.pick([2_000, 5_000, 20_000]), using: &random)
        self.settle = .milliseconds(settle)
        listDelay = random.chance(percent: 60) ? .milliseconds(Int.random(in: 0..<settle, using: &random)) : .zero
        bondOffset =
            random.chance(percent: 50) ? .milliseconds(Int.random(in: -50_000...50_000, using: &random)) : .zero
        isBlind = random.chance(percent: 12)
        cutsDates = random.chance(percent: 50)
        refusesOldTokens = random.chance(percent: 20)
        up = random.pick([0, 5, 40, 400])
        work = random.pick([5, 50, 500])
        slowness = random.pick([0, 2, 10, 50])
        disk = random.pick([0, 2, 2, 10, 60, 200])
        lateness = random.pick([0, 0, 5, 15])
    }
}

/// How Plaid and Bond are during one run.
struct Weather: Sendable {
    /// Calls in a hundred that come to something else than success.
    var plaidTrouble = 0
    var bondTrouble = 0
    var listTrouble = 0
    /// Refusals for good in a hundred rows, until the weather changes.
    var sickness = 0
    /// Calls in a hundred that are answered by the set-up.
    var setUpTrouble = 0
    /// Whether banks are down and nothing else is the matter.
    var isFlaky = false

    /// Nothing is wrong.
    static let fair = Weather()

    init() {}

    init(_ random: inout SeededGenerator) {
        isFlaky = random.chance(percent: 15)
        if isFlaky { return }
        plaidTrouble = random.pick([0, 5, 20, 50])
        bondTrouble = random.pick([0, 20, 50, 80])
        listTrouble = random.pick([0, 0, 10, 40])
        sickness = random.pick([0, 0, 10, 30])
        setUpTrouble = random.pick([0, 0, 0, 0, 2, 10])
    }
}
