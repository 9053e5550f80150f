import NIOHTTP1
import Simulator
import Testing

@Suite struct LinkTokenTests {
    private static let token = Harness.token(0, row: 3)

    @Test(
        arguments: [
            ("MISSING_FIELDS", ["products": nil]), ("INVALID_PRODUCT", ["products": ["balance"]]),
            ("INVALID_FIELD", ["products": ["auth"], "optional_products": ["auth"]]),
            ("INVALID_FIELD", ["language": "xx"]), ("INVALID_FIELD", ["country_codes": []]),
            ("INVALID_FIELD", ["country_codes": ["ZZ"]]), ("MISSING_FIELDS", ["client_name": ""]),
            ("MISSING_FIELDS", ["user": nil]), ("MISSING_FIELDS", ["user": ["client_user_id": ""]]),
            ("INVALID_FIELD", ["user": ["client_user_id": "a@b.example"]]),
            ("UNKNOWN_FIELDS", ["user": ["client_user_id": "u", "nickname": "x"]]),
            ("INVALID_FIELD", ["redirect_uri": "https://acme.example/oauth?x=1"]),
            ("INVALID_FIELD", ["redirect_uri": "acme.example"]), ("INVALID_FIELD", ["webhook": "nowhere"]),
            ("UNKNOWN_FIELDS", ["hosted_link": ["lifetime": 7]]),
            ("INVALID_FIELD", ["hosted_link": ["url_lifetime_seconds": 1_814_401]]),
            ("INVALID_FIELD", ["hosted_link": ["url_lifetime_seconds": "60"]]),
            ("INVALID_FIELD", ["hosted_link": ["delivery_method": "pigeon"]]),
            ("INVALID_FIELD", ["account_filters": ["depository": ["subtypes": ["checking"]]]]),
            ("UNKNOWN_FIELDS", ["redirect_url": "https://acme.example/oauth"]),
        ] as [(String, [String: JSON])]
    )
    func refusesWhatPlaidRefuses(code: String, changes: [String: JSON]) async throws {
        try await Harness.run { (harness: Harness) async throws in
            let refused = try await harness.plaid("/link/token/create", Harness.linkBody(changes))
            #expect(refused.status == 400)
            #expect(refused["error_code"] == .string(code))
            #expect(harness.world.linkTokens.isEmpty)
        }
    }

    @Test(
        arguments: [
            ["products": ["transactions"]], ["account_filters": ["depository": ["account_subtypes": ["checking"]]]],
        ] as [[String: JSON]]
    )
    func updateModeTakesNeitherProductsNorFilters(changes: [String: JSON]) async throws {
        try await Harness.run { (harness: Harness) async throws in
            let body = Harness.linkBody(changes, repairing: Self.token)
            #expect(try await harness.plaid("/link/token/create", body)["error_code"] == "INVALID_FIELD")
        }
    }

    @Test func aUserIDStandsInForAUser() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = try await harness.linkToken(["user": nil, "user_id": "usr_1"])
            #expect(harness.world.linkTokens.map(\.token) == [token])
            #expect(harness.world.linkTokens.first?.userID == "usr_1")
        }
    }

    @Test func anItemThatIsGoneCannotBeRepaired() async throws {
        try await Harness.run { (harness: Harness) async throws in
            for gone in [Harness.token(1012_0000), Self.token] {
                try harness.world.removeItem(Self.token)
                let refused = try await harness.plaid("/link/token/create", Harness.linkBody(repairing: gone))
                #expect(refused["error_code"] == "ITEM_NOT_FOUND")
            }
        }
    }

    @Test(
        arguments: [
            ([:], "2024-03-01T10:30:00Z"), (["url_lifetime_seconds": 90], "2024-03-01T10:01:30Z"),
            (["delivery_method": "sms"], "2024-03-02T10:00:00Z"),
            (["delivery_method": "email"], "2024-03-08T10:00:00Z"),
        ] as [([String: JSON], String)]
    )
    func aHostedPageLivesAsLongAsItIsTold(hosted: [String: JSON], expiration: String) async throws {
        try await Harness.run { (harness: Harness) async throws in
            let body = Harness.linkBody(["hosted_link": .object(hosted)])
            let made = try await harness.plaid("/link/token/create", body)
            #expect(made["expiration"] == .string(expiration))
            let address = try #require(made["hosted_link_url"]?.string)
            #expect(address.hasPrefix(harness.address.url + "/hl/"))
            let page = try await harness.send(.GET, String(address.dropFirst(harness.address.url.count)))
            #expect(page.status == 200)
            #expect(page.headers.first(name: "content-type")?.hasPrefix("text/html") == true)
            #expect(try await harness.send(.GET, "/hl/nothing").status == 404)
        }
    }

    @Test func tellsWhatItWasAskedFor() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = try await harness.linkToken(["webhook": "http://127.0.0.1:9/hook"])
            let told = try await harness.plaid("/link/token/get", ["link_token": .string(token)])
            #expect(told["link_token"] == .string(token))
            #expect(told["created_at"] == "2024-03-01T10:00:00Z")
            #expect(told["expiration"] == "2024-03-01T14:00:00Z")
            #expect(told["link_sessions"] == [])
            #expect(told["metadata"]?["webhook"] == "http://127.0.0.1:9/hook")
            #expect(told["metadata"]?["initial_products"] == ["auth"])
            let unknown = try await harness.plaid("/link/token/get", ["link_token": "link-sandbox-1"])
            #expect(unknown["error_code"] == "INVALID_LINK_TOKEN")
        }
    }
}
