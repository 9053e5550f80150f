import Domain
import Ledger
import Pacing
import Pipeline
import RunSupport
import Synchronization
import TestSupport
import Testing

/// An API that is away: the run waits for it, with a probe now and then, and no row pays for it.
@Suite(.timeLimit(.minutes(5))) struct OutageTests {
    private static let unavailable503 = PlaidScript.refuse(status: 503, code: nil)

    @Test(arguments: [PlaidScript.neverSent, unavailable503, .refuse(status: 500, code: "INTERNAL_SERVER_ERROR")])
    func plaidsOutageCostsNoRowItsTries(_ failure: PlaidScript) async throws {
        let world = World()
        let rows = Sample.rows(60)
        world.planOutage(of: failure, during: Duration.milliseconds(60)..<Duration.seconds(60))
        try await withRig(world) { rig in
            let outcome = try await rig.run(rows, settings: settings { $0.concurrency = 8 })
            try expectSound(outcome, rig, read: 60)
            #expect(outcome.states == [.linked: 60])
            #expect(outcome.stop == nil)
            #expect((Duration.seconds(60)...Duration.seconds(100)).contains(world.clock.uptime))
            #expect(world.mints.count - 60 <= 50, "calls wasted: \(world.mints.count - 60)")
        }
    }

    @Test func bondsOutageLeavesFewRowsInDoubtAndMintsNothingTwice() async throws {
        let world = World()
        let rows = Sample.rows(40)
        for row in rows.dropFirst().prefix(9) { world.plan(bond: row.identity.accountID, .refuse(status: 503)) }
        try await withRig(world) { rig in
            let outcome = try await rig.run(rows, settings: settings { $0.concurrency = 4 })
            try expectSound(outcome, rig, read: 40)
            #expect(outcome.states == [.linked: 40])
            #expect(world.mints.count == 40)
        }
    }

    @Test func whileBondIsOutItIsAskedForListsAndNoMoreRowsArePutInDoubt() async throws {
        let world = World()
        let span = Duration.milliseconds(20)..<Duration.seconds(120)
        world.planOutage(ofBond: 503, during: span)
        let inDoubt = Mutex(0)
        try await withRig(world) { rig in
            let outcome = try await rig.run(
                Sample.rows(60),
                settings: settings { $0.concurrency = 4 },
                onPost: { _, _, _ in
                    if span.contains(world.clock.uptime) { inDoubt.withLock { $0 += 1 } }
                }
            )
            try expectSound(outcome, rig, read: 60)
            #expect(outcome.states == [.linked: 60])
        }
        // As many as it takes to see that Bond is out, and those that were on their way.
        #expect(inDoubt.withLock { $0 } <= 8)
    }

    @Test func retriesAreKeptToTheirBudgetButForProbesOfAnApiThatSeemsOut() async throws {
        let random = SeededGenerator(stream: 31)
        for round in 0..<3 {
            var generator = SeededGenerator(seed: random.seed, stream: UInt64(100 + round))
            let world = World()
            let failure = PlaidScript.refuse(status: 500, code: "INTERNAL_SERVER_ERROR", type: "API_ERROR")
            for account in 1...200 {
                while generator.chance(percent: 40) { world.plan(plaid: "account-\(account)", failure) }
            }
            try await withRig(world) { rig in
                let outcome = try await rig.run(Sample.rows(200), settings: settings { $0.concurrency = 8 })
                #expect(outcome.stop == nil, "\(random)")
            }
            #expect(world.mints.count - 200 <= 20 + 20 + 10, "\(random)")
        }
    }

    @Test func aFewRowsThatAlwaysFailAreNoOutage() async throws {
        let world = World()
        for account in 1...4 {
            for _ in 0..<9 {
                world.plan(
                    plaid: "account-\(account)",
                    .refuse(status: 500, code: "INTERNAL_SERVER_ERROR", type: "API_ERROR")
                )
            }
        }
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(4))
            try expectSound(outcome, rig, read: 4)
            #expect(outcome.states[.retryable] == 4)
            #expect(outcome.stop == nil)
            #expect(world.clock.uptime < .seconds(60))
        }
    }

    @Test func anOutageOfAQuarterOfAnHourEndsTheRunAndKeepsTheRows() async throws {
        let world = World()
        world.planOutage(of: Self.unavailable503, during: Duration.milliseconds(5)..<Duration.seconds(100_000))
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(9), settings: settings { $0.concurrency = 8 })
            guard case .unavailable(let why) = outcome.stop else {
                Issue.record("\(String(describing: outcome.stop))")
                return
            }
            #expect(why.contains("Plaid has served nothing for"))
            // Those whose calls are served before it begins.
            let linked = outcome.states[.linked, default: 0]
            #expect(linked <= 2)
            #expect(outcome.states[.pending] == 9 - linked)
            #expect(outcome.rows.unreached == 9 - linked)
            #expect((Duration.seconds(900)...Duration.seconds(960)).contains(world.clock.uptime))
            #expect(world.mints.count < 60, "calls wasted: \(world.mints.count)")
        }
    }

    @Test func anApiThatWasNeverReachedEndsTheRunWithinSeconds() async throws {
        let world = World(plaid: .neverSent)
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(30))
            guard case .unavailable(let why) = outcome.stop else {
                Issue.record("\(String(describing: outcome.stop))")
                return
            }
            #expect(why.hasPrefix("Plaid cannot be reached"))
            #expect(world.clock.uptime < .seconds(60))
            #expect(outcome.states[.retryable, default: 0] + outcome.states[.pending, default: 0] == 30)
        }
    }

    @Test func listsThatFailAreAskedForAgain() async throws {
        let world = World()
        for account in 2...9 {
            world.plan(bond: "account-\(account)", .lost(made: true))
            for _ in 0..<2 { world.plan(list: "customer-\(account)", .refuse(status: 503)) }
        }
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(9))
            try expectSound(outcome, rig, read: 9)
            #expect(outcome.states == [.linked: 9])
            #expect(outcome.recovered == 8)
        }
    }

    @Test func whatWasLearnedOfALimitIsInTheLedger() async throws {
        let world = World()
        world.plan(bond: "account-30", .refuse(status: 429, retryAfter: .seconds(1)))
        try await withRig(world) { rig in
            try expectSound(try await rig.run(Sample.rows(40)), rig, read: 40)
            let learned = try await rig.open().learnedRates()
            #expect(learned[.plaid] == nil)
            #expect(learned[.bond].map { $0 >= 1 } == true, "\(learned)")
        }
    }
}
