import Domain
import GRDB
import Ledger
import Pipeline
import RunSupport
import Synchronization
import Testing

/// Every way in which a run ends early, and that no row is lost from the counts then.
@Suite struct EndTests {
    @Test(.timeLimit(.minutes(5)), arguments: [1, 3, 10])
    func endsAtItsLimit(_ limit: Int) async throws {
        let world = World()
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(10), settings: settings { $0.limit = limit })
            try expectSound(outcome, rig, read: 10)
            #expect(outcome.rows.attempted == limit)
            #expect(outcome.states[.linked] == limit)
            #expect(outcome.stop == (limit < 10 ? .limit : nil))
            #expect(world.posts.count == limit)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [true, false])
    func countsADoubtedRowOnceWhenTheLimitEndsTheRun(_ made: Bool) async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run([Sample.row("customer-0", "account-0")])
            world.plan(bond: "account-1", .lost(made: made))
            let outcome = try await rig.run(
                Sample.rows(4),
                settings: settings {
                    $0.limit = 2
                    $0.window = 1
                }
            )
            try expectSound(outcome, rig, read: 4)
            #expect(outcome.rows.attempted == 2)
            #expect(outcome.rows.unreached == 2)
            #expect(outcome.stop == .limit)
        }
    }

    @Test(.timeLimit(.minutes(5))) func endsAtItsDeadline() async throws {
        let world = World()
        try await withRig(world) { rig in
            let outcome = try await rig.run(
                Sample.rows(40),
                settings: settings {
                    $0.maxDuration = .seconds(5 * 3_600)
                    $0.concurrency = 1
                },
                onPost: { [world] _, _, _ in
                    if world.posts.count == 3 {
                        world.clock.advance(by: .seconds(6 * 3_600))
                        for _ in 0..<200 { await Task.yield() }
                    }
                }
            )
            try expectSound(outcome, rig, read: 40)
            #expect(outcome.stop == .deadline)
            #expect(world.posts.count == 3)
            #expect(outcome.states[.linked] == 3)
            let next = try await rig.run(Sample.rows(40), settings: settings { $0.maxDuration = .seconds(5 * 3_600) })
            #expect(next.stop == nil)
            #expect(next.states == [.linked: 40])
        }
    }

    @Test(.timeLimit(.minutes(5))) func haltsWhenTooManyOutcomesAreBad() async throws {
        let world = World()
        for account in 1...100 where account % 2 == 0 { world.plan(bond: "account-\(account)", .unknown) }
        try await withRig(world) { rig in
            let outcome = try await rig.run(
                Sample.rows(100),
                settings: settings {
                    $0.haltOn = 0.05
                    $0.window = 1
                }
            )
            try expectSound(outcome, rig, read: 100)
            guard case .halted = outcome.stop else {
                Issue.record("no halt: \(String(describing: outcome.stop))")
                return
            }
            #expect(outcome.rows.attempted == 50)
        }
    }

    @Test(.timeLimit(.minutes(5))) func callsInFlightFinishAndCountWhenInterrupted() async throws {
        let world = World()
        let meeting = Meeting(2)
        try await withRig(world) { rig in
            let outcome = try await rig.run(
                Sample.rows(200),
                batch: 20,
                onPost: { [world] _, _, stop in
                    if world.posts.count <= 2 { await meeting.arrive() }
                    await stop(.interrupted(signal: 2))
                }
            )
            #expect(outcome.stop == .interrupted(signal: 2))
            try expectSound(outcome, rig, read: outcome.rows.read)
            #expect(outcome.states[.linked] == world.posts.count)
            #expect(outcome.rows.attempted == world.posts.count)
            #expect(outcome.states[.posting] == nil)
            let known = try rig.eye().int("SELECT count(*) FROM links")
            #expect(known == outcome.rows.read)
            let next = try await rig.run(Sample.rows(200))
            try expectSound(next, rig, read: 200)
            #expect(next.states == [.linked: 200])
            #expect(world.posts.count == 200)
        }
    }

    /// A signal while the run waits for a doubt to settle: the rows that were put off are counted, and it ends soon.
    @Test(.timeLimit(.minutes(5)), arguments: [true, false])
    func losesNoRowWhenInterruptedWhileADoubtSettles(_ duringList: Bool) async throws {
        let world = World()
        world.plan(bond: "account-1", .lost(made: false))
        if duringList { world.plan(list: "customer-1", .refuse(status: 500), .refuse(status: 500)) }
        let rows = ["account-1", "account-1b", "account-1c"].map { Sample.row("customer-1", $0) }
        try await withRig(world) { rig in
            let outcome = try await rig.run(
                rows,
                settings: settings { $0.window = 1 },
                onList: { _, stop in if duringList { await stop(.interrupted(signal: 15)) } }
            )
            try expectSound(outcome, rig, read: 3)
            #expect(outcome.rows.attempted == 1)
            #expect(outcome.rows.unreached == 2)
            #expect(world.posts.count == 1)
        }
    }

    /// The same, where the ledger fails in place of a signal.
    @Test(.timeLimit(.minutes(5))) func losesNoRowWhenTheLedgerFailsWhileADoubtSettles() async throws {
        let world = World()
        world.plan(bond: "account-1", .lost(made: false))
        let rows = ["account-1", "account-1b", "account-1c"].map { Sample.row("customer-1", $0) }
        try await withRig(world) { rig in
            let outcome = try await rig.run(
                rows,
                settings: settings { $0.window = 1 },
                fate: { _, change in if case .stillInDoubt = change.event { .diesBefore } else { .works } }
            )
            try expectSound(outcome, rig, read: 3)
            #expect(outcome.stop?.rank == 0)
            #expect(outcome.rows.unreached == 2)
        }
    }

    @Test(.timeLimit(.minutes(5))) func countsARepeatOnceWhenInterruptedBeforeIt() async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run([Sample.row("customer-0", "account-0")])
            world.plan(bond: "account-1", .lost(made: false))
            let outcome = try await rig.run(
                Sample.rows(1),
                fate: { _, _ in .works },
                onList: { owner, stop in if owner.id == "customer-1" { await stop(.interrupted(signal: 2)) } }
            )
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.rows.attempted == 1)
            #expect(outcome.states == [.minted: 1, .linked: 0])
            #expect(world.posts.count == 2)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: ["UPDATE", "INSERT"])
    func aLedgerThatCannotBeWrittenStopsEveryPost(_ operation: String) async throws {
        let world = World()
        try await withRig(world) { rig in
            let eye = Mutex(0)
            let outcome = try await rig.run(
                Sample.rows(60),
                batch: 5,
                settings: settings { $0.concurrency = 1 },
                onPost: { [world] _, _, _ in
                    guard world.posts.count == 4, eye.withLock({ $0 == 0 }) else { return }
                    eye.withLock { $0 += 1 }
                    let table = operation == "UPDATE" ? "links" : "attempts"
                    try? rig.eye().execute(
                        "CREATE TRIGGER broken BEFORE \(operation) ON \(table) BEGIN SELECT RAISE(ABORT, 'disk full'); END"
                    )
                }
            )
            try expectSound(outcome, rig, read: outcome.rows.read)
            #expect(outcome.stop?.rank == 0, "\(String(describing: outcome.stop))")
            #expect(world.posts.count == 4)
            #expect(outcome.states[.linked] == 3)
            #expect(outcome.states[.posting] == 1)
            try rig.eye().execute("DROP TRIGGER broken")
            world.clock.advance(by: .seconds(100))
            let next = try await rig.run(Sample.rows(60))
            try expectSound(next, rig, read: 60)
            #expect(next.states == [.linked: 60])
            #expect(world.posts.count == 60)
            #expect(next.recovered == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: ["links", "files", "invalid_rows"])
    func aLedgerThatTakesNoNewRowsStopsTheRun(_ table: String) async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            try rig.eye().execute(
                "CREATE TRIGGER broken BEFORE INSERT ON \(table) BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
            let invalid = InvalidRow(
                position: InputPosition(file: "rows.csv", line: 9),
                column: 1,
                reason: .missingValue,
                message: "none"
            )
            let batch = RowBatch(rows: [Sample.row("customer-2", "account-2", file: "other.csv")], invalid: [invalid])
            let outcome = try await rig.run(ArrayRows(batches: [batch]))
            #expect(outcome.stop?.rank == 0, "the run ended as \(String(describing: outcome.stop))")
            #expect(outcome.error == nil)
            #expect(world.posts.count == 1)
        }
    }

    /// The commit after a POST fails once, as when the file is locked for a moment: the customer's next row must wait.
    @Test(.timeLimit(.minutes(5)), arguments: 0..<5)
    func noSecondPostOfACustomerWhoseFirstIsOut(_ turn: Int) async throws {
        let world = World()
        let hasFailed = Mutex(false)
        let rows = (1...6).map { Sample.row("customer-1", "account-\($0)", line: $0) }
        // All rows have their tokens, so that nothing but the lane is between the first POST and the next.
        for row in rows { world.plan(bond: row.identity.accountID, .unknown) }
        try await withRig(world) { rig in
            try expectSound(try await rig.run(rows), rig, read: 6)
            let outcome = try await rig.run(
                rows,
                fate: { _, change in
                    guard case .linked = change.event else { return .works }
                    return hasFailed.withLock { failed in
                        defer { failed = true }
                        return failed ? .works : .fails
                    }
                }
            )
            try expectSound(outcome, rig, read: 6)
            #expect(world.posts.count == 7)
            #expect(outcome.stop?.rank == 0)
            world.clock.advance(by: .seconds(100))
            let next = try await rig.run(rows)
            try expectSound(next, rig, read: 6)
            #expect(next.states == [.linked: 6])
            #expect(world.posts.count == 12)
        }
    }
}
