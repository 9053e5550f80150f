import FoundationEssentials
import NIOHTTP1
import Simulator
import Testing

@Suite struct ItemTests {
    private static let token = Harness.token(0, row: 7)
    private static let broken = Harness.token(1011_0000, row: 7)

    private func read(_ path: String, _ harness: Harness, _ token: String = token) async throws -> Answered {
        try await harness.plaid(path, ["access_token": .string(token)])
    }

    private func order(_ harness: Harness, _ members: [String: JSON], _ token: String = token) async throws -> Answered
    {
        try await harness.admin(.POST, "items", .object(members.merging(["access_token": .string(token)]) { $1 }))
    }

    @Test func anItemBreaksAndHealsWhereverItIsAskedFor() async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await order(harness, ["error_code": "ITEM_LOGIN_REQUIRED"])["error_code"] != .null)
            #expect(try await read("/item/get", harness)["item"]?["error"]?["error_code"] == "ITEM_LOGIN_REQUIRED")
            #expect(try await read("/accounts/get", harness)["error_code"] == "ITEM_LOGIN_REQUIRED")
            #expect(try await harness.mint(Self.token)["error_code"] == "ITEM_LOGIN_REQUIRED")
            #expect(try await order(harness, ["error_code": nil])["error_code"] == .null)
            #expect(try await read("/item/get", harness)["item"]?["error"] == .null)
            #expect(try await harness.mint(Self.token).status == 200)
        }
    }

    @Test func healingOutweighsTheTokensNumberForMintsToo() async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await harness.mint(Self.broken, account: "mine").status == 400)
            try harness.world.healItem(Self.broken)
            #expect(try await read("/item/get", harness, Self.broken)["item"]?["error"] == .null)
            #expect(
                try await read("/accounts/get", harness, Self.broken)["accounts"]?.elements?.first?["account_id"]
                    == "mine"
            )
            #expect(try await harness.mint(Self.broken, account: "mine").status == 200)
        }
    }

    @Test func healingCuresNoItemThatIsGone() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let gone = Harness.token(1012_0000)
            try harness.world.healItem(gone)
            #expect(try await read("/item/get", harness, gone)["error_code"] == "ITEM_NOT_FOUND")
        }
    }

    @Test func consentExpiresWhenToldTo() async throws {
        try await Harness.run { (harness: Harness) async throws in
            _ = try await order(harness, ["consent_expiration_time": "2024-04-01T00:00:00Z"])
            let item = try await read("/item/get", harness)["item"]
            #expect(item?["consent_expiration_time"] == "2024-04-01T00:00:00Z")
        }
    }

    @Test func anyAccountIsMintedUntilSomebodyLooks() async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await harness.mint(Self.token, account: "mine").status == 200)
            let accounts = try await read("/accounts/get", harness)["accounts"]?.elements ?? []
            #expect(accounts.count == 2)
            #expect(accounts.first?["account_id"] == "mine")
            #expect(accounts.allSatisfy { $0["persistent_account_id"]?.string?.isEmpty == false })
            #expect(try await harness.mint(Self.token, account: "mine").status == 200)
            #expect(try await harness.mint(Self.token, account: "another")["error_code"] == "INVALID_ACCOUNT_ID")
        }
    }

    @Test func renumberedAccountsAreKnownByTheRest() async throws {
        try await Harness.run { (harness: Harness) async throws in
            _ = try await harness.mint(Self.token, account: "mine")
            let before = harness.world.accounts(of: Self.token)
            let after = try await order(harness, ["renumber": "persistent"])["accounts"]?.elements ?? []
            #expect(after.map { $0["persistent_account_id"]?.string } == before.map(\.persistentID))
            #expect(after.map { $0["mask"]?.string } == before.map(\.mask))
            let kept = after.filter { account in before.contains { account["account_id"] == .string($0.id) } }
            #expect(kept.isEmpty)
            #expect(try await harness.mint(Self.token, account: "mine")["error_code"] == "INVALID_ACCOUNT_ID")
            let fresh = try #require(after.first?["account_id"]?.string)
            #expect(try await harness.mint(Self.token, account: fresh).status == 200)
            #expect(try await read("/accounts/get", harness)["accounts"]?.elements == after)
        }
    }

    @Test func anAmbiguousRenumberingLeavesNothingToTellAccountsBy() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let accounts = try harness.world.renumberAccounts(of: Self.token, as: .ambiguous, knownAs: ["mine"])
            #expect(accounts.count == 4)
            #expect(accounts.allSatisfy { $0.persistentID == nil })
            #expect(accounts[0].mask == accounts[1].mask && accounts[0].name == accounts[1].name)
            #expect(accounts[0].id != accounts[1].id)
            let listed = try await read("/accounts/get", harness)["accounts"]?.elements
            #expect(listed?.allSatisfy { $0["persistent_account_id"] == nil } == true)
        }
    }

    @Test func aRemovedItemTakesItsTokensAlong() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let minted = try await harness.mint(Self.token)["processor_token"] ?? .null
            #expect(try await read("/item/remove", harness).json?.members?.keys.sorted() == ["request_id"])
            for path in ["/item/get", "/accounts/get", "/item/remove"] {
                #expect(try await read(path, harness)["error_code"] == "ITEM_NOT_FOUND")
            }
            #expect(try await harness.mint(Self.token)["error_code"] == "ITEM_NOT_FOUND")
            let posted = try await harness.post(["processor_token": minted, "customer_id": .string(Harness.customer)])
            #expect(posted.status == 400)
        }
    }

    @Test func resetLoginBreaksTheItem() async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await read("/sandbox/item/reset_login", harness)["reset_login"] == true)
            #expect(try await read("/item/get", harness)["item"]?["error"]?["error_code"] == "ITEM_LOGIN_REQUIRED")
        }
    }

    @Test(
        arguments: [
            ["error_code": "NO_SUCH_CODE"], ["renumber": "sideways"], ["healed": true],
            ["consent_expiration_time": "tomorrow"], ["accounts": [["mask": "0000"]]],
        ] as [[String: JSON]]
    )
    func ordersThatMakeNoSenseAreRefused(members: [String: JSON]) async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await order(harness, members).status == 400)
        }
    }

    @Test func whatHappenedToAnItemSurvivesARestart() async throws {
        try await Harness.withJournal { configuration in
            var accounts: [ItemAccount] = []
            try await Harness.run(configuration) { (harness: Harness) async throws in
                _ = try await harness.mint(Self.broken, account: "mine")
                accounts = try harness.world.renumberAccounts(of: Self.token)
                try harness.world.setConsentExpiration(Date(timeIntervalSince1970: 1_800_000_000), of: Self.token)
            }
            try await Harness.run(configuration) { (harness: Harness) async throws in
                #expect(harness.world.accounts(of: Self.token) == accounts)
                #expect(harness.world.accounts(of: Self.broken).first?.id == "mine")
                let item = try await read("/item/get", harness)["item"]
                #expect(item?["consent_expiration_time"] == "2027-01-15T08:00:00Z")
            }
        }
    }
}
