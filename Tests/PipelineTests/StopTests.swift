import Domain
import GRDB
import Pipeline
import RunSupport
import Testing

/// Answers about set-up: they stop the run, and leave the rows as they were.
@Suite struct StopTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var plaid: PlaidScript = .token
        var bond: BondScript = .link
        let state: String
        var testDescription: String { name }
    }

    static let cases: [Case] =
        [
            Case(name: "422", bond: .notEnabled, state: "minted"),
            Case(name: "401", bond: .badKeys, state: "minted"),
            Case(name: "403", bond: .refuse(status: 403), state: "minted"),
            Case(name: "302", bond: .refuse(status: 302), state: "minted"),
            Case(name: "auth_err", bond: .refuse(status: 400, code: "auth_err"), state: "minted"),
            Case(name: "Plaid redirects", plaid: .refuse(status: 301, code: nil), state: "pending"),
            Case(
                name: "Bond not enabled at Plaid",
                plaid: .refuse(
                    status: 400,
                    code: "INVALID_PRODUCT",
                    message: "the client is not enabled for the bond integration"
                ),
                state: "pending"
            ),
        ]
        + [
            "INVALID_API_KEYS", "UNAUTHORIZED_ENVIRONMENT", "UNAUTHORIZED_ROUTE_ACCESS", "NOT_FOUND",
            "CREDITS_EXHAUSTED",
        ].map { (code: String) in
            Case(name: code, plaid: .refuse(status: 400, code: code), state: "pending")
        }

    @Test(.timeLimit(.minutes(5)), arguments: cases)
    func stopsAtTheFirstAndKeepsTheRow(_ test: Case) async throws {
        let world = World(plaid: test.plaid, bond: test.bond)
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(30), settings: settings { $0.concurrency = 1 })
            try expectSound(outcome, rig, read: 30)
            guard case .refused = outcome.stop else {
                Issue.record("no stop: \(String(describing: outcome.stop))")
                return
            }
            #expect(outcome.states[.rejected] == nil)
            #expect(outcome.states[.linked] == 0)
            #expect(world.posts.count <= 1)
            #expect(outcome.rows.attempted == 0)
            let stopped = try rig.eye().rows("SELECT * FROM links WHERE stopped_run_at IS NOT NULL")
            #expect(stopped.count == 1)
            #expect(stopped.first?["state"] == test.state)
            #expect(stopped.first?["action"] == "retry")
            #expect(stopped.first?["intent_at"] == Int64?.none)
        }
    }

    @Test(.timeLimit(.minutes(5))) func theRowIsTriedLastAndRejectedOnceTheCredentialsWorked() async throws {
        let world = World()
        world.plan(bond: "account-1", .notEnabled, .notEnabled)
        try await withRig(world) { rig in
            let first = try await rig.run(Sample.rows(1))
            try expectSound(first, rig, read: 1)
            let second = try await rig.run(Sample.rows(6), settings: settings { $0.concurrency = 1 })
            try expectSound(second, rig, read: 6)
            #expect(second.stop == nil)
            #expect(world.posted.last == "account-1")
            #expect(second.states == [.linked: 5, .rejected: 1])
            #expect(try rig.row("account-1")["action"] == "review")
            #expect(world.mints.count == 6)
        }
    }

    @Test(.timeLimit(.minutes(5))) func theRowStopsTheRunAgainWhenNothingWorkedSince() async throws {
        let world = World(bond: .notEnabled)
        try await withRig(world) { rig in
            for _ in 0..<3 {
                let outcome = try await rig.run(Sample.rows(1))
                try expectSound(outcome, rig, read: 1)
                #expect(outcome.states == [.minted: 1, .linked: 0])
                #expect(outcome.stop != nil)
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func aSuccessBeforeTheStopSaysNothing() async throws {
        let world = World()
        world.plan(bond: "account-1", .notEnabled, .notEnabled, .notEnabled)
        try await withRig(world) { rig in
            _ = try await rig.run([Sample.row("customer-0", "account-0")])
            for _ in 0..<3 {
                let outcome = try await rig.run(Sample.rows(1))
                try expectSound(outcome, rig, read: 1)
                #expect(outcome.stop != nil)
                #expect(outcome.states == [.minted: 1, .linked: 0])
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func aSuccessOfPlaidSaysNothingOfBond() async throws {
        let world = World(bond: .notEnabled)
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            let outcome = try await rig.run(Sample.rows(3), settings: settings { $0.concurrency = 1 })
            #expect(outcome.states[.rejected] == nil)
            #expect(outcome.stop != nil)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [4, 5, 12])
    func equalRefusalsStopARunBeforeItsFirstSuccessAtTheFifth(_ count: Int) async throws {
        let world = World(bond: .unknownOwner)
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(count), settings: settings { $0.concurrency = 1 })
            try expectSound(outcome, rig, read: count)
            if count < 5 {
                #expect(outcome.stop == nil)
                #expect(outcome.states == [.rejected: 4, .linked: 0])
            } else {
                #expect(outcome.stop != nil)
                #expect(outcome.states[.rejected] == nil)
                #expect(world.posts.count <= 6)
                #expect(outcome.rows.attempted >= 5)
                #expect(try rig.eye().int("SELECT count(*) FROM stops") == 1)
            }
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [19, 20, 26])
    func equalRefusalsStopARunAfterASuccessAtTheTwentieth(_ count: Int) async throws {
        let world = World(bond: .unknownOwner)
        world.plan(bond: "account-1", .link)
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(1 + count), settings: settings { $0.concurrency = 1 })
            try expectSound(outcome, rig, read: 1 + count)
            // The first row's success may come after a few refusals, and then confirms those.
            let before = world.posted.firstIndex(of: "account-1") ?? 0
            if before >= 5 {
                // Five before the first success are set-up already.
                #expect(outcome.stop != nil)
            } else if count - before < 20 {
                #expect(outcome.stop == nil)
                #expect(outcome.states[.rejected] == count)
            } else {
                #expect(outcome.stop != nil)
                #expect(outcome.states[.rejected, default: 0] == before)
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func aSuccessConfirmsWhatWasProvisional() async throws {
        let world = World(bond: .unknownOwner)
        world.plan(bond: "account-4", .link)
        world.plan(bond: "account-9", .badKeys)
        try await withRig(world) { rig in
            let first = Array(Sample.rows(9).prefix(4))
            let batches = [RowBatch(rows: first), RowBatch(rows: Array(Sample.rows(9).dropFirst(4)))]
            let outcome = try await rig.run(
                ArrayRows(batches: batches),
                settings: settings {
                    $0.concurrency = 1
                    $0.window = 1
                }
            )
            try expectSound(outcome, rig, read: 9)
            #expect(outcome.stop != nil)
            for account in 1...3 { #expect(try rig.state("account-\(account)") == "rejected") }
            for account in 5...9 { #expect(try rig.state("account-\(account)") == "minted") }
        }
    }

    @Test(.timeLimit(.minutes(5))) func aRepeatedStopIsRecordedOnceTheCredentialsHaveWorked() async throws {
        let world = World(bond: .unknownOwner)
        try await withRig(world) { rig in
            let slow = settings { $0.concurrency = 1 }
            let first = try await rig.run(Sample.rows(12), settings: slow)
            #expect(first.stop != nil)
            world.plan(bond: "account-99", .link)
            _ = try await rig.run([Sample.row("customer-99", "account-99")], settings: slow)
            let second = try await rig.run(Sample.rows(12), settings: slow)
            try expectSound(second, rig, read: 12)
            #expect(second.stop == nil)
            #expect(second.states == [.rejected: 12, .linked: 0])
        }
    }

    @Test(.timeLimit(.minutes(5))) func aRepeatedStopStopsAgainWhileTheCredentialsNeverWorked() async throws {
        let world = World(bond: .unknownOwner)
        try await withRig(world) { rig in
            for _ in 0..<3 {
                let outcome = try await rig.run(Sample.rows(12), settings: settings { $0.concurrency = 1 })
                try expectSound(outcome, rig, read: 12)
                #expect(outcome.stop != nil)
                #expect(outcome.states[.rejected] == nil)
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func rowsThatNeedAUserAreNoStreak() async throws {
        let world = World(plaid: .loginRequired)
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(30), settings: settings { $0.concurrency = 1 })
            try expectSound(outcome, rig, read: 30)
            #expect(outcome.states == [.needsUser: 30, .linked: 0])
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [API.plaid, .bond])
    func aLongRetryAfterEndsTheRunSoftly(_ api: API) async throws {
        let wait = Duration.seconds(16 * 60)
        let world =
            api == .plaid
            ? World(plaid: .refuse(status: 429, code: "RATE_LIMIT", retryAfter: wait))
            : World(bond: .refuse(status: 429, retryAfter: wait))
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(8))
            try expectSound(outcome, rig, read: 8)
            guard case .unavailable = outcome.stop else {
                Issue.record("no stop: \(String(describing: outcome.stop))")
                return
            }
            #expect(outcome.rows.unreached == 8)
        }
    }

    @Test(.timeLimit(.minutes(5))) func endlessLimitsEndTheRunAfterAQuarterOfAnHour() async throws {
        let world = World(bond: .rateLimit)
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(2))
            try expectSound(outcome, rig, read: 2)
            guard case .unavailable = outcome.stop else {
                Issue.record("no stop: \(String(describing: outcome.stop))")
                return
            }
            #expect(world.clock.uptime > .seconds(14 * 60))
            #expect(world.clock.uptime < .seconds(20 * 60))
            #expect(outcome.states == [.minted: 2, .linked: 0])
        }
    }
}
