import NIOHTTP1
import Simulator
import Testing

@Suite struct LinkSessionTests {
    private static let broken = Harness.token(1011_0000, row: 3)

    @Test func aFirstTimeSessionMakesAnItem() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = try await harness.linkToken()
            let session = try harness.world.finishSession(of: token)
            let told = try #require(try await harness.sessions(of: token).first)
            #expect(told["link_session_id"] == .string(session.id))
            #expect(told["finished_at"] == "2024-03-01T10:00:00Z")
            #expect(told["exit"] == .null)
            let result = told["results"]?["item_add_results"]?.elements?.first
            #expect(result?["public_token"]?.string == session.publicToken)
            #expect(result?["institution"]?["institution_id"] == "ins_109508")
            let made = try await harness.exchange(session.publicToken)
            let accounts = try await harness.plaid("/accounts/get", ["access_token": made["access_token"] ?? .null])
            let ids = accounts["accounts"]?.elements?.map { $0["account_id"] }
            #expect(ids == result?["accounts"]?.elements?.map { $0["id"] })
            #expect(ids?.count == 2)
            #expect(accounts["item"]?["item_id"] == made["item_id"])
            let fresh = try #require(made["access_token"]?.string)
            #expect(try await harness.mint(fresh, account: "another")["error_code"] == "INVALID_ACCOUNT_ID")
        }
    }

    @Test func accountsAreOfferedAsTheFilterSays() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let filter: JSON = ["depository": ["account_subtypes": ["savings"]]]
            let token = try await harness.linkToken(["account_filters": filter])
            guard case .success(_, let accounts) = try harness.world.finishSession(of: token).outcome else {
                Issue.record("the session did not succeed")
                return
            }
            #expect(accounts.map(\.subtype) == ["savings"])
        }
    }

    @Test func aPublicTokenLivesHalfAnHourAndOnce() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let first = try harness.world.finishSession(of: try await harness.linkToken())
            harness.clock.advance(by: 1799)
            #expect(try await harness.exchange(first.publicToken).status == 200)
            let again = try await harness.exchange(first.publicToken)
            #expect(again["error_code"] == "INVALID_PUBLIC_TOKEN")
            #expect(again["error_message"] == "could not find matching public token")
            let second = try harness.world.finishSession(of: try await harness.linkToken())
            harness.clock.advance(by: 1800)
            let late = try await harness.exchange(second.publicToken)
            #expect(late["error_code"] == "INVALID_PUBLIC_TOKEN")
            #expect(late["error_message"]?.string?.contains("expired") == true)
        }
    }

    @Test func aLostReplyOfTheExchangeSpendsTheToken() async throws {
        var configuration = SimulatorConfiguration()
        let match = Scenario.Rule.Match(path: "/item/public_token/exchange")
        configuration.scenario = Scenario(rules: [.init(.read, match: match, answers: ["plaid-reset-after"])])
        try await Harness.run(configuration) { (harness: Harness) async throws in
            let session = try harness.world.finishSession(of: try await harness.linkToken())
            await #expect(throws: (any Error).self) { try await harness.exchange(session.publicToken) }
            #expect(try await harness.exchange(session.publicToken)["error_code"] == "INVALID_PUBLIC_TOKEN")
        }
    }

    @Test func aSessionInUpdateModeHealsAndHasNothingToExchange() async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await harness.mint(Self.broken, account: "mine")["error_code"] == "ITEM_LOGIN_REQUIRED")
            let token = try await harness.linkToken(repairing: Self.broken)
            let session = try harness.world.finishSession(of: token)
            let item = try await harness.plaid("/item/get", ["access_token": .string(Self.broken)])
            #expect(item["item"]?["error"] == .null)
            #expect(try await harness.mint(Self.broken, account: "mine").status == 200)
            #expect(try await harness.exchange(session.publicToken)["error_code"] == "INVALID_PUBLIC_TOKEN")
            let result = try await harness.sessions(of: token).first?["results"]?["item_add_results"]?.elements?.first
            #expect(result?["accounts"]?.elements?.first?["id"] == "mine")
        }
    }

    @Test func customersCanPickOtherAccountsInUpdateMode() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let picked = [ItemAccount(id: "picked", mask: "4321")]
            let token = try await harness.linkToken(repairing: Self.broken)
            try harness.world.finishSession(of: token, as: .success(accounts: picked))
            #expect(harness.world.accounts(of: Self.broken) == picked)
        }
    }

    @Test func anExitHealsNothingAndLinkCanBeOpenedAgain() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = try await harness.linkToken(repairing: Self.broken)
            try harness.world.finishSession(of: token, as: .error("INVALID_CREDENTIALS"))
            try harness.world.finishSession(of: token, as: .exit)
            let told = try await harness.sessions(of: token)
            #expect(told.map { $0["results"] } == [.null, .null])
            #expect(told.first?["exit"]?["error"]?["error_code"] == "INVALID_CREDENTIALS")
            #expect(told.last?["exit"]?["error"] == .null)
            let item = try await harness.plaid("/item/get", ["access_token": .string(Self.broken)])
            #expect(item["item"]?["error"]?["error_code"] == "ITEM_LOGIN_REQUIRED")
            #expect(try harness.world.finishSession(of: token).publicToken != nil)
        }
    }

    @Test func usedAndExpiredLinkTokensOpenNothing() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let used = try await harness.linkToken()
            let order: JSON = ["link_token": .string(used), "ending": "success"]
            #expect(try await harness.admin(.POST, "link_sessions", order).status == 200)
            #expect(try await harness.admin(.POST, "link_sessions", order).status == 400)
            let expired = try await harness.linkToken()
            harness.clock.advance(by: 4 * 3600)
            #expect(throws: (any Error).self) { try harness.world.finishSession(of: expired) }
        }
    }

    @Test func sessionsAreForgottenAfterSixHours() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = try await harness.linkToken()
            try harness.world.finishSession(of: token)
            harness.clock.advance(by: 6 * 3600 - 1)
            #expect(try await harness.sessions(of: token).count == 1)
            harness.clock.advance(by: 1)
            #expect(try await harness.sessions(of: token).isEmpty)
        }
    }

    @Test func sessionsAndTokensSurviveARestart() async throws {
        try await Harness.withJournal { configuration in
            var (token, other, session) = ("", "", LinkSession?.none)
            try await Harness.run(configuration) { (harness: Harness) async throws in
                token = try await harness.linkToken()
                other = try await harness.linkToken(repairing: Self.broken)
                session = try harness.world.finishSession(of: token)
                try harness.world.finishSession(of: other)
            }
            try await Harness.run(configuration) { (harness: Harness) async throws in
                #expect(Set(harness.world.linkTokens.map(\.token)) == [token, other])
                #expect(try await harness.sessions(of: token).count == 1)
                #expect(try await harness.mint(Self.broken).status == 200)
                #expect(try await harness.exchange(session?.publicToken).status == 200)
            }
            try await Harness.run(configuration) { (harness: Harness) async throws in
                #expect(try await harness.exchange(session?.publicToken).status == 400)
            }
        }
    }

    @Test func theAdminListsLinkTokens() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = try await harness.linkToken(repairing: Self.broken)
            let listed = try await harness.admin(.GET, "link_tokens").json?.elements?.first
            #expect(listed?["link_token"] == .string(token))
            #expect(listed?["update_mode"] == true)
            #expect(listed?["user"] == "u-1")
        }
    }

    @Test(
        arguments: [
            ["ending": "success", "error_code": "X"], ["ending": "error"], ["ending": "somehow"], [:],
        ] as [[String: JSON]]
    )
    func endingsThatAreNoneAreRefused(members: [String: JSON]) async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = try await harness.linkToken()
            let order = JSON.object(members.merging(["link_token": .string(token)]) { $1 })
            #expect(try await harness.admin(.POST, "link_sessions", order).status == 400)
            #expect(harness.world.linkTokens.first?.sessions.isEmpty == true)
        }
    }
}
