import Domain
import GRDB
import Pipeline
import RunSupport
import Testing

/// One row and one run for every kind of answer: where the row rests, and what it cost.
@Suite struct AnswerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var plaid: [PlaidScript] = [.token]
        var bond: [BondScript] = []
        let state: String
        var action = "none"
        var code: String?
        var attempts = 0
        var orphans = 0
        var testDescription: String { name }
    }

    static let plaidCases = [
        Case(
            name: "login",
            plaid: [.loginRequired],
            state: "needs_user",
            action: "update_mode",
            code: "ITEM_LOGIN_REQUIRED"
        ),
        Case(
            name: "item gone",
            plaid: [.refuse(status: 400, code: "ITEM_NOT_FOUND")],
            state: "needs_user",
            action: "relink",
            code: "ITEM_NOT_FOUND"
        ),
        Case(
            name: "bank down four times",
            plaid: [.institutionDown, .institutionDown, .institutionDown, .institutionDown],
            state: "retryable",
            action: "retry",
            code: "INSTITUTION_DOWN"
        ),
        Case(name: "bank down once", plaid: [.institutionDown, .token], bond: [.link], state: "linked", attempts: 1),
        Case(
            name: "mint lost four times",
            plaid: [.lost, .lost, .lost, .lost],
            state: "retryable",
            action: "retry",
            code: "no_answer",
            orphans: 4
        ),
        Case(name: "mint lost", plaid: [.lost, .token], bond: [.link], state: "linked", attempts: 1, orphans: 1),
        Case(
            name: "mint unusable",
            plaid: [.unusable, .token],
            bond: [.link],
            state: "linked",
            attempts: 1,
            orphans: 1
        ),
        Case(
            name: "mint never sent",
            plaid: [.neverSent, .neverSent, .neverSent, .neverSent],
            state: "retryable",
            action: "retry",
            code: "no_connection"
        ),
        Case(
            name: "Plaid over its limit",
            plaid: Array(repeating: .rateLimit, count: 9) + [.token],
            bond: [.link],
            state: "linked",
            attempts: 1
        ),
        Case(
            name: "maintenance",
            plaid: [.refuse(status: 503, code: "PLANNED_MAINTENANCE"), .token],
            bond: [.link],
            state: "linked",
            attempts: 1
        ),
        Case(name: "teapot at Plaid", plaid: [.unknown], state: "retryable", action: "retry", code: "TEAPOT"),
        Case(
            name: "one bad token",
            plaid: [.badToken],
            state: "rejected",
            action: "fix_row",
            code: "INVALID_ACCESS_TOKEN"
        ),
    ]

    static let refusals = [
        Case(name: "linked", bond: [.link], state: "linked", attempts: 1),
        Case(
            name: "identity",
            bond: [.identity],
            state: "rejected",
            action: "fix_identity",
            code: "identity_mismatch",
            attempts: 1
        ),
        Case(
            name: "owner unknown",
            bond: [.unknownOwner],
            state: "rejected",
            action: "fix_row",
            code: "customer_dne",
            attempts: 1
        ),
        Case(
            name: "Bond over its limit",
            bond: Array(repeating: .rateLimit, count: 9) + [.link],
            state: "linked",
            attempts: 10
        ),
        Case(
            name: "Bond asks for a minute",
            bond: [.refuse(status: 429, retryAfter: .seconds(60)), .link],
            state: "linked",
            attempts: 2
        ),
        Case(
            name: "never sent",
            bond: [.neverSent, .neverSent, .neverSent, .neverSent],
            state: "retryable",
            action: "retry",
            code: "no_connection"
        ),
        Case(name: "never sent once", bond: [.neverSent, .link], state: "linked", attempts: 1),
        Case(
            name: "teapot at Bond",
            bond: [.unknown],
            state: "retryable",
            action: "retry",
            code: "teapot",
            attempts: 1
        ),
        Case(
            name: "fresh token refused",
            bond: [.tokenRefused],
            state: "rejected",
            action: "fix_row",
            code: "token_exchange_post_schema",
            attempts: 1,
            orphans: 1
        ),
    ]

    static let doubts: [Case] =
        [
            Case(name: "lost and made", bond: [.lost(made: true)], state: "linked", attempts: 1),
            Case(name: "unusable and made", bond: [.unusable(made: true)], state: "linked", attempts: 1),
            Case(
                name: "lost and not made",
                bond: [.lost(made: false)],
                state: "in_doubt",
                action: "review",
                code: "listing_unproven",
                attempts: 1
            ),
            Case(
                name: "duplicate",
                bond: [.refuse(status: 409, code: "duplicate_account")],
                state: "in_doubt",
                action: "review",
                code: "duplicate_account",
                attempts: 1
            ),
            Case(
                name: "409",
                bond: [.refuse(status: 409, code: "resource_conflict")],
                state: "in_doubt",
                action: "review",
                code: "duplicate_account",
                attempts: 1
            ),
        ]
        + [408, 424, 500, 502, 503, 504].map { (status: Int) in
            Case(name: "\(status) and made", bond: [.failAfterLinking(status: status)], state: "linked", attempts: 1)
        }
        + ["account_data_err", "idempotency_key_exists", "server_error", "service_disabled"].map { (code: String) in
            Case(
                name: code + " and made",
                bond: [.failAfterLinking(status: 400, code: code)],
                state: "linked",
                attempts: 1
            )
        }

    @Test(.timeLimit(.minutes(5)), arguments: plaidCases + refusals + doubts)
    func comesTo(_ test: Case) async throws {
        let world = World(plaid: nil, bond: nil)
        for answer in test.plaid { world.plan(plaid: "account-1", answer) }
        for answer in test.bond { world.plan(bond: "account-1", answer) }
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(1))
            try expectSound(outcome, rig, read: 1)
            let row = try rig.row("account-1")
            #expect(row["state"] == test.state)
            #expect(row["action"] == test.action)
            #expect(row["error_code"] == test.code)
            #expect(row["attempts"] == test.attempts)
            #expect(row["orphans"] == test.orphans)
            #expect(row["mint_sent_at"] == Int64?.none)
            #expect(world.mints.count == test.plaid.count)
            #expect(world.posts.count == test.bond.count)
            #expect(outcome.rows.attempted == 1)
            #expect(outcome.stop == nil)
            #expect(outcome.recovered == (test.state == "linked" && row["evidence"] == "listed" ? 1 : 0))
        }
    }

    @Test(.timeLimit(.minutes(5))) func waitsForTheLimitWithoutSpendingTriesOrBudget() async throws {
        let world = World()
        for account in 1...4 {
            for _ in 0..<10 { world.plan(bond: "account-\(account)", .refuse(status: 429, retryAfter: .seconds(2))) }
        }
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(4))
            try expectSound(outcome, rig, read: 4)
            #expect(outcome.states == [.linked: 4])
            #expect(outcome.calls[.bond]?.rateLimited == 40)
        }
    }

    @Test(.timeLimit(.minutes(5))) func rejectsAnUndocumentedAnswerInItsFourthRun() async throws {
        let world = World()
        try await withRig(world) { rig in
            var states: [String] = []
            for _ in 0..<4 {
                world.plan(bond: "account-1", .unknown)
                try expectSound(try await rig.run(Sample.rows(1)), rig, read: 1)
                states.append(try rig.state("account-1"))
            }
            #expect(states == ["retryable", "retryable", "retryable", "rejected"])
            #expect(world.mints.count == 1)
            let last = try await rig.run(Sample.rows(1))
            #expect(last.rows.skipped == 1)
            #expect(world.posts.count == 4)
        }
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [500, 503, 408, 424],
        ["input_error", "token_exchange_post_schema", "customer_dne", "invalid_request"]
    )
    func doubtsAServerErrorWhateverItsCode(_ status: Int, _ code: String) async throws {
        let world = World(bond: nil)
        world.plan(bond: "account-1", .failAfterLinking(status: status, code: code))
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(1))
            try expectSound(outcome, rig, read: 1)
            #expect(try rig.state("account-1") == "linked")
        }
    }
}
