import Domain
import GRDB
import Pipeline
import RunSupport
import Testing

/// Which rows a later run tries, and when.
@Suite struct TurnTests {
    @Test(.timeLimit(.minutes(5))) func asksForAUsersRowsLastAndNotBeforeTheRecheck() async throws {
        let world = World()
        world.plan(plaid: "account-1", .loginRequired)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            world.clock.advance(by: .seconds(19 * 3_600))
            let early = try await rig.run(Sample.rows(1))
            try expectSound(early, rig, read: 1)
            #expect(early.rows.skipped == 1)
            #expect(world.mints.count == 1)
            world.clock.advance(by: .seconds(2 * 3_600))
            let late = try await rig.run(Sample.rows(4), settings: settings { $0.window = 1 })
            try expectSound(late, rig, read: 4)
            #expect(late.states == [.linked: 4])
            #expect(world.posted.last == "account-1")
        }
    }

    @Test(.timeLimit(.minutes(5))) func asksAtOnceWhenTheTokenChanged() async throws {
        let world = World()
        world.plan(plaid: "account-1", .loginRequired)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            let outcome = try await rig.run([Sample.row("customer-1", "account-1", token: "access-sandbox-new")])
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.linked: 1])
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [[], [RowState.rejected]])
    func triesARejectedRowOnlyWhenAsked(_ retry: [RowState]) async throws {
        let world = World()
        world.plan(bond: "account-1", .unknownOwner)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            let outcome = try await rig.run(Sample.rows(1), settings: settings { $0.retry = Set(retry) })
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.rows.skipped == (retry.isEmpty ? 1 : 0))
            #expect(try rig.state("account-1") == (retry.isEmpty ? "rejected" : "linked"))
            #expect(world.mints.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func aRejectedRowThatStopsARunStaysWhatItWas() async throws {
        let world = World()
        world.plan(bond: "account-1", .unknownOwner, .badKeys)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            let outcome = try await rig.run(Sample.rows(1), settings: settings { $0.retry = [.rejected] })
            try expectSound(outcome, rig, read: 1)
            let row = try rig.row("account-1")
            #expect(row["state"] == "rejected")
            #expect(row["action"] == "fix_row")
            #expect(row["error_code"] == "customer_dne")
        }
    }

    @Test(.timeLimit(.minutes(5))) func holdsARenumberedAccountUntilAsked() async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run([Sample.row("customer-1", "account-1", reference: "r-1")])
            let renumbered = [Sample.row("customer-1", "account-2", reference: "r-1")]
            let held = try await rig.run(renumbered)
            try expectSound(held, rig, read: 1)
            #expect(held.states == [.held: 1, .linked: 0])
            #expect(held.rows.skipped == 1)
            #expect(world.posts.count == 1)
            let again = try await rig.run(renumbered)
            #expect(again.rows.skipped == 1)
            let asked = try await rig.run(renumbered, settings: settings { $0.retry = [.held] })
            try expectSound(asked, rig, read: 1)
            #expect(asked.states == [.linked: 1])
            #expect(world.posts.count == 2)
        }
    }

    @Test(.timeLimit(.minutes(5))) func putsMintedRowsBeforeNewOnes() async throws {
        let world = World()
        world.plan(bond: "account-3", .badKeys)
        try await withRig(world) { rig in
            _ = try await rig.run([Sample.row("customer-3", "account-3")])
            #expect(try rig.state("account-3") == "minted")
            // A row that stopped a run would be last.
            try rig.eye().execute("UPDATE links SET stopped_run_at = NULL")
            let outcome = try await rig.run(Sample.rows(3), settings: settings { $0.window = 1 })
            try expectSound(outcome, rig, read: 3)
            #expect(world.posted.dropFirst() == ["account-3", "account-1", "account-2"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func countsWhatCannotBePutOffAsUnreached() async throws {
        let world = World()
        for account in 1...5 { world.plan(plaid: "account-\(account)", .loginRequired) }
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(5))
            world.clock.advance(by: .seconds(100_000))
            let outcome = try await rig.run(Sample.rows(5), settings: settings { $0.deferralLimit = 2 })
            try expectSound(outcome, rig, read: 5)
            #expect(outcome.rows.attempted == 2)
            #expect(outcome.rows.unreached == 3)
        }
    }
}
