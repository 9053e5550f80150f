import Domain
import GRDB
import Ledger
import Pipeline
import RunSupport
import Synchronization
import Testing

/// What a run does with the leftovers of one that died, at every commit it can have died at.
@Suite struct CrashTests {
    @Test(.timeLimit(.minutes(5)), arguments: [true, false])
    func aPostThatWasOutIsReconciledBeforeItsCustomerIsPosted(_ made: Bool) async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run([Sample.row("customer-0", "account-0")])
            world.plan(bond: "account-1", .lost(made: made))
            let died = try await rig.run(
                Sample.rows(1),
                fate: { _, change in if case .inDoubt = change.event { .diesBefore } else { .works } }
            )
            #expect(died.stop != nil)
            #expect(try rig.state("account-1") == "posting")
            world.clock.advance(by: .seconds(300))
            let rows = [Sample.row("customer-1", "account-1"), Sample.row("customer-1", "account-1b")]
            let outcome = try await rig.run(
                rows,
                onPost: { [world] owner, account, _ in
                    guard owner.id == "customer-1" else { return }
                    if !world.lists.contains("customer-1") { world.note(fault: "\(account) before the list") }
                }
            )
            try expectSound(outcome, rig, read: 2)
            #expect(outcome.states == [.linked: 2])
            #expect(outcome.recovered == (made ? 1 : 0))
            #expect(world.posted.filter { $0 == "account-1" }.count == (made ? 1 : 2))
            #expect(try rig.calls("account-1").contains("post crashed"))
        }
    }

    /// A machine that was asleep after the intent must not post on it: where the link is looked for, it would not be.
    @Test(.timeLimit(.minutes(5))) func aPostThatWouldLeaveLongAfterItsIntentGetsANewOne() async throws {
        let world = World()
        let jumps = Mutex(1)
        try await withRig(world) { rig in
            let outcome = try await rig.run(
                Sample.rows(1),
                fate: { _, change in
                    guard case .intent = change.event else { return .works }
                    let isFirst = jumps.withLock { rest in
                        defer { rest = 0 }
                        return rest == 1
                    }
                    if isFirst { world.clock.advance(by: .seconds(40)) }
                    return .works
                },
                onPost: { [world] _, account, _ in
                    let intent = try? rig.row(account)["intent_at"] as Int64?
                    let age = world.clock.now.milliseconds - (intent ?? 0)
                    if !(0...6_000).contains(age) { world.note(fault: "a POST left \(age) ms after its intent") }
                }
            )
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.linked: 1])
            #expect(world.posted == ["account-1"])
            #expect(try rig.row("account-1")["attempts"] == 1)
            #expect(try rig.calls("account-1") == ["mint ok", "post never_sent", "post ok"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func aFreshCrashWaitsUntilAbsenceMeansSomething() async throws {
        let world = World(listDelay: .seconds(8))
        try await withRig(world) { rig in
            _ = try await rig.run([Sample.row("customer-0", "account-0")])
            // Listing can be proven at once; that the list does not show the crashed row's link yet proves nothing.
            world.clock.advance(by: .seconds(100))
            world.plan(bond: "account-1", .lost(made: true))
            _ = try await rig.run(
                Sample.rows(1),
                fate: { _, change in if case .inDoubt = change.event { .diesBefore } else { .works } }
            )
            let rows = [Sample.row("customer-1", "account-1"), Sample.row("customer-1", "account-1b")]
            let outcome = try await rig.run(rows)
            try expectSound(outcome, rig, read: 2)
            #expect(outcome.states == [.linked: 2])
            #expect(world.posted.filter { $0 == "account-1" }.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: Array(0..<26), [true, false])
    func dyingAtAnyCommitLosesAndDoublesNothing(_ number: Int, _ written: Bool) async throws {
        let world = World()
        let rows = [
            Sample.row("customer-1", "account-1", line: 2), Sample.row("customer-1", "account-2", line: 3),
            Sample.row("customer-2", "account-3", line: 4), Sample.row("customer-3", "account-4", line: 5),
        ]
        try await withRig(world) { rig in
            _ = try await rig.run([Sample.row("customer-0", "account-0")])
            world.plan(bond: "account-2", .lost(made: false))
            world.plan(bond: "account-3", .lost(made: true))
            world.plan(bond: "account-4", .refuse(status: 429), .neverSent)
            let died = try await rig.run(
                rows,
                fate: { at, _ in at < number ? .works : written ? .diesAfter : .diesBefore }
            )
            try expectSound(died, rig, read: 4)
            for _ in 0..<3 {
                world.clock.advance(by: .seconds(100))
                try expectSound(try await rig.run(rows), rig, read: 4)
            }
            #expect(try rig.eye().states().values.allSatisfy { $0 == "linked" })
            #expect(world.links.count == 5)
            let posts = world.posts.count
            let last = try await rig.run(rows)
            #expect(last.rows.skipped == 4)
            #expect(world.posts.count == posts)
        }
    }

    @Test(.timeLimit(.minutes(5))) func aMintThatWasOutIsAnOrphan() async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run(
                Sample.rows(1),
                fate: { _, change in if case .minted = change.event { .diesBefore } else { .works } }
            )
            let outcome = try await rig.run(Sample.rows(1))
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.linked: 1])
            #expect(try rig.row("account-1")["orphans"] == 1)
            #expect(try rig.calls("account-1") == ["mint crashed", "mint ok", "post ok"])
        }
    }
}
