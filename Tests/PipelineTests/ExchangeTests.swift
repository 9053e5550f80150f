import Domain
import GRDB
import Ledger
import Pipeline
import RunSupport
import Testing

/// Rows with a public token: what Plaid gives for it is given once.
@Suite(.timeLimit(.minutes(5))) struct ExchangeTests {
    private static let row = Sample.row(publicToken: "public-1")
    private static let spent = PlaidScript.refuse(
        status: 400,
        code: "INVALID_PUBLIC_TOKEN",
        type: "INVALID_INPUT",
        message: "could not find matching public token"
    )

    private func exchanges(_ world: World) -> Int { world.mints.count { $0.hasPrefix("exchange/") } }

    private func code(_ rig: RunRig) throws -> String? { try rig.row("account-1")["error_code"] }

    @Test func isExchangedOnceAndLinked() async throws {
        let world = World()
        world.plan(bond: "account-1", .unknown)
        try await withRig(world) { rig in
            try expectSound(try await rig.run([Self.row]), rig, read: 1)
            #expect(try rig.state("account-1") == "retryable")
            let outcome = try await rig.run([Self.row])
            #expect(outcome.states == [.linked: 1])
            #expect(exchanges(world) == 1)
            #expect(try rig.calls("account-1").first == "exchange ok")
            // The user puts the access token into the input in its place: it is the same row with the same token.
            let posts = world.posts.count
            let later = try await rig.run([Sample.row(token: "access-of-public-1")])
            #expect(later.rows.skipped == 1)
            #expect(world.posts.count == posts)
            #expect(try rig.row("account-1")["orphans"] == 0)
        }
    }

    @Test func theAccessTokenIsSealedBeforeAnythingElseHappens() async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run(
                [Self.row],
                onMint: { [rig] name in
                    guard name == "account-1" else { return }
                    let kept = try? rig.eye().int("SELECT count(*) FROM exchanges WHERE access_token IS NOT NULL")
                    if kept != 1 { rig.world.note(fault: "a call left before the access token was on record") }
                }
            )
            #expect(world.faults.isEmpty)
            for file in [rig.path, rig.path + "-wal"] {
                let text = String(decoding: ScratchFolder.bytes(of: file), as: UTF8.self)
                #expect(!text.contains("access-of-"))
            }
        }
    }

    @Test func twoAccountsOfOneSessionShareTheirExchange() async throws {
        let world = World()
        try await withRig(world) { rig in
            let rows = [Self.row, Sample.row("customer-1", "account-2", publicToken: "public-1")]
            try expectSound(try await rig.run(rows), rig, read: 2)
            #expect(exchanges(world) == 1)
            #expect(try rig.eye().int("SELECT count(*) FROM links WHERE state = 'linked'") == 2)
            let later = [Sample.row("customer-1", "account-3", publicToken: "public-1")]
            try expectSound(try await rig.run(later), rig, read: 1)
            #expect(exchanges(world) == 1)
        }
    }

    @Test func accountsOfTwoCustomersMayShareItToo() async throws {
        let world = World()
        try await withRig(world) { rig in
            let rows = (1...6).map { Sample.row("customer-\($0)", "account-\($0)", publicToken: "public-1") }
            // Who comes second hears that the token is spent, and finds what the first one got.
            world.plan(plaid: "exchange/public-1", .token, Self.spent, Self.spent, Self.spent, Self.spent, Self.spent)
            let outcome = try await rig.run(rows)
            #expect(outcome.states == [.linked: 6])
            #expect(world.faults.isEmpty)
        }
    }

    @Test func aSpentOrOldPublicTokenSendsTheUserThroughLinkAgain() async throws {
        let world = World()
        world.plan(plaid: "exchange/public-1", Self.spent)
        try await withRig(world) { rig in
            try expectSound(try await rig.run([Self.row]), rig, read: 1)
            #expect(try rig.state("account-1") == "needs_user")
            #expect(try rig.row("account-1")["action"] == "relink")
            #expect(try code(rig) == "INVALID_PUBLIC_TOKEN")
            // The next one is new evidence.
            let outcome = try await rig.run([Sample.row(publicToken: "public-2")])
            #expect(outcome.states == [.linked: 1])
        }
    }

    @Test(arguments: [
        PlaidScript.lost, .unusable, .refuse(status: 500, code: "INTERNAL_SERVER_ERROR", type: "API_ERROR"),
    ])
    func aLostReplyIsSaidPlainly(reply: PlaidScript) async throws {
        let world = World()
        world.plan(plaid: "exchange/public-1", reply, Self.spent)
        try await withRig(world) { rig in
            try expectSound(try await rig.run([Self.row]), rig, read: 1)
            #expect(try rig.row("account-1")["action"] == "relink")
            #expect(try code(rig) == "access_token_lost")
        }
    }

    @Test(arguments: [PlaidScript.neverSent, .refuse(status: 400, code: "INSTITUTION_DOWN", type: "INSTITUTION_ERROR")])
    func whatPlaidDidNotActOnLosesNothing(reply: PlaidScript) async throws {
        let world = World()
        world.plan(plaid: "exchange/public-1", reply, Self.spent)
        try await withRig(world) { rig in
            try expectSound(try await rig.run([Self.row]), rig, read: 1)
            #expect(try code(rig) == "INVALID_PUBLIC_TOKEN")
        }
    }

    @Test func aLostReplyOfADeadProcessIsKnown() async throws {
        let world = World()
        try await withRig(world) { rig in
            let died = try await rig.run(
                [Self.row],
                fate: { _, change in if case .exchanged = change.event { .diesBefore } else { .works } }
            )
            #expect(died.stop != nil)
            world.clearPlans()
            world.plan(plaid: "exchange/public-1", Self.spent)
            try expectSound(try await rig.run([Self.row]), rig, read: 1)
            #expect(try code(rig) == "access_token_lost")
        }
    }

    @Test(arguments: Array(0..<8), [true, false])
    func dyingAtAnyCommitLosesNoTokenThatWasOnRecord(_ number: Int, _ written: Bool) async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run([Sample.row("customer-0", "account-0")])
            _ = try await rig.run(
                [Self.row],
                fate: { commit, _ in commit < number ? .works : written ? .diesAfter : .diesBefore }
            )
            let isOpen = try rig.eye().int("SELECT count(*) FROM exchanges WHERE open_since IS NOT NULL") ?? 0
            let asked = exchanges(world)
            world.clock.advance(by: .seconds(300))
            if asked > 0 { world.plan(plaid: "exchange/public-1", Self.spent) }
            let outcome = try await rig.run([Self.row])
            // Either the token was on record, or that it may be lost.
            if asked == 0 || isOpen == 0 {
                #expect(outcome.states == [.linked: 1])
            } else {
                #expect(try code(rig) == "access_token_lost")
            }
            #expect(world.doubleLinks.isEmpty)
            #expect(world.faults.isEmpty)
        }
    }

    @Test func aTokenSealedWithAnotherKeyIsNotAskedForAgain() async throws {
        let world = World()
        world.plan(bond: "account-1", .unknown)
        try await withRig(world) { rig in
            _ = try await rig.run([Self.row])
            let outcome = try await rig.run(ArrayRows([Self.row]), key: .ledgerKey(Secret("another")))
            #expect(outcome.states[.rejected] == 1)
            #expect(try code(rig) == "access_token_out_of_reach")
            #expect(exchanges(world) == 1)
            #expect(
                try await rig.run(ArrayRows([Self.row]), settings: settings { $0.retry = [.rejected] }).states == [
                    .linked: 1
                ]
            )
        }
    }

    @Test func wrongKeysStopTheRunAndLeaveTheRow() async throws {
        let world = World()
        world.plan(plaid: "exchange/public-1", .wrongKeys)
        try await withRig(world) { rig in
            let outcome = try await rig.run([Self.row])
            guard case .refused = outcome.stop else {
                return #expect(Bool(false), "\(String(describing: outcome.stop))")
            }
            #expect(try rig.state("account-1") == "pending")
            #expect(try rig.eye().int("SELECT count(*) FROM exchanges WHERE open_since IS NOT NULL") == 0)
        }
    }
}
