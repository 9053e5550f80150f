import Domain
import GRDB
import Ledger
import Pipeline
import RunSupport
import Testing

/// When a processor token is used again, and when it is thrown away.
@Suite struct TokenTests {
    @Test(.timeLimit(.minutes(5))) func isReusedAfterAFailureAtBond() async throws {
        let world = World()
        world.plan(bond: "account-1", .unknown, .link)
        try await withRig(world) { rig in
            try expectSound(try await rig.run(Sample.rows(1)), rig, read: 1)
            #expect(try rig.state("account-1") == "retryable")
            try expectSound(try await rig.run(Sample.rows(1)), rig, read: 1)
            #expect(try rig.state("account-1") == "linked")
            #expect(world.mints.count == 1)
            #expect(Set(world.posts.map(\.token)).count == 1)
            #expect(try rig.row("account-1")["orphans"] == 0)
        }
    }

    @Test(.timeLimit(.minutes(5))) func isThrownAwayWhenTheAccessTokenChanged() async throws {
        let world = World()
        world.plan(bond: "account-1", .unknown, .link)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            let changed = [Sample.row("customer-1", "account-1", token: "access-sandbox-new")]
            try expectSound(try await rig.run(changed), rig, read: 1)
            #expect(try rig.state("account-1") == "linked")
            #expect(world.mints.count == 2)
            #expect(Set(world.posts.map(\.token)).count == 2)
            #expect(try rig.row("account-1")["orphans"] == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [(age: 3_600, mints: 2), (age: 100_000, mints: 1)])
    func isThrownAwayWhenItIsTooOld(_ test: (age: Int, mints: Int)) async throws {
        let world = World()
        world.plan(bond: "account-1", .unknown, .link)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            world.clock.advance(by: .seconds(50_000))
            let outcome = try await rig.run(
                Sample.rows(1),
                settings: settings { $0.processorTokenAge = .seconds(test.age) }
            )
            try expectSound(outcome, rig, read: 1)
            #expect(world.mints.count == test.mints)
            #expect(try rig.row("account-1")["orphans"] == test.mints - 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func isThrownAwayWhenItCannotBeOpened() async throws {
        let world = World()
        world.plan(bond: "account-1", .unknown, .link)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            let outcome = try await rig.run(ArrayRows(Sample.rows(1)), key: .ledgerKey(Secret("another")))
            try expectSound(outcome, rig, read: 1)
            #expect(try rig.state("account-1") == "linked")
            #expect(world.mints.count == 2)
            #expect(try rig.row("account-1")["orphans"] == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func isMadeAnewOnceWhenBondRefusesAnOldOne() async throws {
        let world = World()
        world.plan(bond: "account-1", .unknown, .tokenRefused, .link)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            let outcome = try await rig.run(Sample.rows(1))
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.linked: 1])
            #expect(world.mints.count == 2)
            #expect(world.posts.count == 3)
            #expect(try rig.row("account-1")["orphans"] == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func isNotMadeAThirdTimeInARun() async throws {
        let world = World()
        world.plan(bond: "account-1", .unknown, .tokenRefused, .tokenRefused)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            let outcome = try await rig.run(Sample.rows(1))
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.rejected: 1, .linked: 0])
            #expect(world.mints.count == 2)
            #expect(world.posts.count == 3)
        }
    }

    /// Keys of one environment at Plaid and of another at Bond: every fresh token is refused, which is set-up.
    @Test(.timeLimit(.minutes(5))) func freshOnesRefusedInARowStopTheRun() async throws {
        let world = World(bond: .tokenRefused)
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(40), settings: settings { $0.concurrency = 1 })
            try expectSound(outcome, rig, read: 40)
            guard case .refused = outcome.stop else {
                Issue.record("the run went on: \(String(describing: outcome.stop))")
                return
            }
            #expect(outcome.states[.rejected] == nil)
            #expect(world.posts.count < 10)
        }
    }

    @Test(.timeLimit(.minutes(5))) func isMintedBeforeAnyIntentAndSurvivesAStop() async throws {
        let world = World()
        try await withRig(world) { rig in
            // One call at a time: while the first POST is out, the second row's token is on record by itself.
            let outcome = try await rig.run(
                Sample.rows(2),
                settings: settings { $0.concurrency = 1 },
                onPost: { [world] _, account, stop in
                    while world.mints.count < 2 { await Task.yield() }
                    let other = account == "account-1" ? "account-2" : "account-1"
                    while (try? rig.state(other)) != "minted" { await Task.yield() }
                    await stop(.interrupted(signal: 15))
                }
            )
            try expectSound(outcome, rig, read: 2)
            #expect(outcome.states == [.linked: 1, .minted: 1])
            #expect(outcome.rows.attempted == 1)
            #expect(outcome.rows.unreached == 1)
            let second = try await rig.run(Sample.rows(2))
            try expectSound(second, rig, read: 2)
            #expect(second.states == [.linked: 2])
            #expect(world.mints.count == 2)
        }
    }
}
