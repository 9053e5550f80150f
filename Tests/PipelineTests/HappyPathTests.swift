import Domain
import GRDB
import Pipeline
import RunSupport
import Synchronization
import Testing

@Suite struct HappyPathTests {
    @Test(.timeLimit(.minutes(5)), arguments: [1, 7, 300])
    func linksEveryRowOnceAndNothingInASecondRun(_ count: Int) async throws {
        let world = World()
        try await withRig(world) { rig in
            let rows = Sample.rows(count)
            let first = try await rig.run(rows, batch: 50)
            try expectSound(first, rig, read: count)
            #expect(first.states == [.linked: count])
            #expect(first.rows.attempted == count)
            #expect(world.posts.count == count)
            #expect(world.mints.count == count)
            #expect(world.lists.isEmpty)

            let second = try await rig.run(Array(rows.reversed()), batch: 9)
            try expectSound(second, rig, read: count)
            #expect(second.rows.skipped == count)
            #expect(world.posts.count == count)
            #expect(world.mints.count == count)
            #expect(world.lists.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(5))) func linksTwelveAccountsOfOneCustomerOneAfterTheOther() async throws {
        let world = World()
        let rows = (1...12).map { Sample.row("customer-1", "account-\($0)", line: $0) }
        try await withRig(world) { rig in
            let outcome = try await rig.run(rows)
            try expectSound(outcome, rig, read: 12)
            #expect(outcome.states == [.linked: 12])
            #expect(world.worstInFlight == 1)
            #expect(Set(world.posted).count == 12)
        }
    }

    @Test(.timeLimit(.minutes(5))) func letsTwoCustomersPostSideBySide() async throws {
        let world = World()
        let gate = Meeting(2)
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(2), onPost: { _, _, _ in await gate.arrive() })
            try expectSound(outcome, rig, read: 2)
            #expect(outcome.states == [.linked: 2])
        }
    }

    @Test(.timeLimit(.minutes(5))) func countsRepeatsAndConflictsOfTheInput() async throws {
        let world = World()
        let rows = [
            Sample.row("customer-1", "account-1", line: 2),
            Sample.row("customer-1", "account-1", line: 3),
            Sample.row("customer-1", "account-1", token: "access-sandbox-other", line: 4),
            Sample.row("customer-2", "account-2", line: 5),
        ]
        try await withRig(world) { rig in
            let outcome = try await rig.run(rows, batch: 3)
            try expectSound(outcome, rig, read: 4)
            #expect(outcome.rows.duplicate == 1)
            #expect(outcome.rows.invalid == 1)
            #expect(outcome.rows.attempted == 2)
            #expect(world.posts.count == 2)
            let invalid = try rig.eye().strings("SELECT reason || ' ' || line FROM invalid_rows")
            #expect(invalid == ["conflicting_token 4"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func countsInvalidAndExcludedRows() async throws {
        let world = World()
        let invalid = InvalidRow(
            position: InputPosition(file: "rows.csv", line: 9),
            column: 4,
            reason: .missingValue,
            message: "no account"
        )
        let batches = [
            RowBatch(rows: Sample.rows(2), invalid: [invalid], excluded: 3), RowBatch(invalid: [invalid]), RowBatch(),
        ]
        try await withRig(world) { rig in
            let outcome = try await rig.run(ArrayRows(batches: batches))
            try expectSound(outcome, rig, read: 7)
            #expect(outcome.rows.invalid == 2)
            #expect(outcome.rows.skipped == 3)
            #expect(outcome.rows.attempted == 2)
        }
    }

    @Test(.timeLimit(.minutes(5))) func finishesTheRowsItHasWhenTheInputBreaks() async throws {
        try await withRig { rig in
            let outcome = try await rig.run(ArrayRows(Sample.rows(3), breaks: true))
            try expectSound(outcome, rig, read: 3)
            #expect(outcome.error is ArrayRows.Broken)
            #expect(outcome.states == [.linked: 3])
        }
    }

    /// Thousands of rows of one customer stand before a row of another: it is not to wait for them.
    @Test(.timeLimit(.minutes(5))) func aHotCustomerBlocksNobody() async throws {
        let world = World()
        let hot = (1...60).map { Sample.row("hot", "hot-\($0)", line: $0) }
        try await withRig(world) { rig in
            let outcome = try await rig.run(
                hot + [Sample.row("other", "other", line: 99)],
                settings: settings {
                    $0.window = 20
                    $0.concurrency = 4
                }
            )
            try expectSound(outcome, rig, read: 61)
            let turn = try #require(world.posted.firstIndex(of: "other"))
            #expect(turn < 20, "the other customer's turn came after \(turn) POSTs")
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [true, false])
    func sendsAnIdempotencyKeyOnlyWhenAsked(_ asked: Bool) async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(2), settings: settings { $0.sendsIdempotencyKey = asked })
            let keys = world.posts.compactMap(\.idempotencyKey)
            #expect(Set(keys).count == (asked ? 2 : 0))
        }
    }
}

/// Holds everybody who arrives until `count` have.
actor Meeting {
    private let count: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        self.count = count
    }

    func arrive() async {
        guard waiting.count + 1 < count else {
            for guest in waiting { guest.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}
