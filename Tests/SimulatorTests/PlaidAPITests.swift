import NIOHTTP1
import Simulator
import Testing

@Suite struct PlaidAPITests {
    @Test func mintsADifferentTokenEveryTime() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let first = try await harness.mint()
            let second = try await harness.mint()
            #expect(first.status == 200)
            #expect(first.json?.members?.keys.sorted() == ["processor_token", "request_id"])
            #expect(first["processor_token"]?.string?.hasPrefix("processor-sandbox-") == true)
            #expect(first["processor_token"] != second["processor_token"])
            #expect(first["request_id"] != second["request_id"])
        }
    }

    @Test func givesTheSameTokenAgainWhereThatIsThePolicy() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.mintPolicy = .sameToken
        try await Harness.run(configuration) { (harness: Harness) async throws in
            let first = try await harness.mint()
            #expect(try await harness.mint()["processor_token"] == first["processor_token"])
            #expect(try await harness.mint(account: "other")["processor_token"] != first["processor_token"])
        }
    }

    @Test func takesCredentialsFromHeadersOrBody() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let body: JSON = [
                "access_token": .string(Harness.token(0)), "account_id": "a", "processor": "bond",
                "client_id": .string(harness.credentials.plaidClientID),
                "secret": .string(harness.credentials.plaidSecret),
            ]
            let headers: HTTPHeaders = ["Content-Type": "application/json"]
            let path = "/processor/token/create"
            #expect(try await harness.send(.POST, path, headers: headers, body: body.text).status == 200)
            var wrong = harness.plaidHeaders
            wrong.replaceOrAdd(name: "PLAID-SECRET", value: "wrong")
            let refused = try await harness.send(.POST, path, headers: wrong, body: body.text)
            #expect(refused.status == 400)
            #expect(refused["error_code"] == "INVALID_API_KEYS")
        }
    }

    @Test func errorsHaveTheSevenKeys() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let missing = try await harness.plaid("/nowhere", [:])
            #expect(missing.status == 404)
            #expect(missing["error_code"] == "NOT_FOUND")
            #expect(
                missing.json?.members?.keys.sorted() == [
                    "display_message", "documentation_url", "error_code", "error_message", "error_type", "request_id",
                    "suggested_action",
                ]
            )
        }
    }

    private static let good: [String: JSON] = [
        "access_token": .string(Harness.token(0)), "account_id": "a", "processor": "bond",
    ]

    @Test(
        arguments: [
            ("MISSING_FIELDS", "account_id", nil),
            ("MISSING_FIELDS", "account_id", ""),
            ("UNKNOWN_FIELDS", "options", [:]),
            ("INVALID_FIELD", "account_id", 7),
            ("INVALID_FIELD", "processor", "no_such_processor"),
            ("INVALID_ACCESS_TOKEN", "access_token", "access-sandbox-short"),
            ("INVALID_ACCESS_TOKEN", "access_token", "access-production-00000000-face-4000-8000-000000000001"),
        ] as [(String, String, JSON?)]
    )
    func refusesWhatIsNotExact(code: String, field: String, value: JSON?) async throws {
        try await Harness.run { (harness: Harness) async throws in
            var body = Self.good
            body[field] = value
            let refused = try await harness.plaid("/processor/token/create", .object(body))
            #expect(refused.status == 400)
            #expect(refused["error_code"] == .string(code))
            #expect(harness.world.counts.tokensMinted == 0)
        }
    }

    @Test(arguments: [
        ("INVALID_HEADERS", "Plaid-Version", "2019-05-29", "{}"),
        ("INVALID_BODY", "Content-Type", "text/plain", "{}"),
        ("INVALID_BODY", "Content-Type", "application/json", "[1]"),
        ("INVALID_BODY", "Content-Type", "application/json", "{"),
    ])
    func refusesWrongHeadersAndBodies(code: String, header: String, value: String, body: String) async throws {
        try await Harness.run { (harness: Harness) async throws in
            var headers = harness.plaidHeaders
            headers.replaceOrAdd(name: header, value: value)
            let refused = try await harness.send(.POST, "/processor/token/create", headers: headers, body: body)
            #expect(refused.status == 400)
            #expect(refused["error_code"] == .string(code))
        }
    }

    @Test func tellsTheWrongEnvironmentApart() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let refused = try await harness.mint("access-production-00000000-face-4000-8000-000000000001")
            #expect(refused["error_message"]?.string?.hasSuffix(#"expected "sandbox", got "production""#) == true)
        }
    }

    @Test func aBrokenItemAnswersWithItsErrorInside() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token: JSON = ["access_token": .string(Harness.token(1011_0000))]
            let item = try await harness.plaid("/item/get", token)
            #expect(item.status == 200)
            #expect(item["item"]?["error"]?["error_code"] == "ITEM_LOGIN_REQUIRED")
            #expect(try await harness.plaid("/accounts/get", token)["error_code"] == "ITEM_LOGIN_REQUIRED")
            let gone = try await harness.plaid("/item/get", ["access_token": .string(Harness.token(1012_0000))])
            #expect(gone["error_code"] == "ITEM_NOT_FOUND")
        }
    }

    @Test func aPublicTokenIsExchangedOnce() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let body: JSON = ["institution_id": "ins_109508", "initial_products": ["auth"]]
            let made = try await harness.plaid("/sandbox/public_token/create", body)
            let exchange: JSON = ["public_token": made["public_token"] ?? .null]
            let first = try await harness.plaid("/item/public_token/exchange", exchange)
            #expect(first["access_token"]?.string?.hasPrefix("access-sandbox-") == true)
            let second = try await harness.plaid("/item/public_token/exchange", exchange)
            #expect(second["error_code"] == "INVALID_PUBLIC_TOKEN")
            let accounts = try await harness.plaid("/accounts/get", ["access_token": first["access_token"] ?? .null])
            #expect(accounts["accounts"]?.elements?.count == 2)
            #expect(accounts["item"]?["item_id"] == first["item_id"])
        }
    }

    @Test func linkTokensLiveShorterInUpdateMode() async throws {
        try await Harness.run { (harness: Harness) async throws in
            var body: [String: JSON] = [
                "client_name": "Acme", "language": "en", "country_codes": ["US"], "user": ["client_user_id": "u-1"],
                "products": ["auth"],
            ]
            let fresh = try await harness.plaid("/link/token/create", .object(body))
            #expect(fresh["expiration"] == "2024-03-01T14:00:00Z")
            body["access_token"] = .string(Harness.token(0))
            body["products"] = nil
            let update = try await harness.plaid("/link/token/create", .object(body))
            #expect(update["expiration"] == "2024-03-01T10:30:00Z")
        }
    }
}

extension PlaidAPITests {
    @Test func aRefusedExchangeLeavesThePublicTokenAlone() async throws {
        var configuration = SimulatorConfiguration()
        configuration.scenario = Scenario(rules: [.init(.read, answers: ["normal", "plaid-503"])])
        try await Harness.run(configuration) { (harness: Harness) async throws in
            let body: JSON = ["institution_id": "ins_109508", "initial_products": ["auth"]]
            let made = try await harness.plaid("/sandbox/public_token/create", body)
            let exchange: JSON = ["public_token": made["public_token"] ?? .null]
            #expect(try await harness.plaid("/item/public_token/exchange", exchange).status == 503)
            #expect(try await harness.plaid("/item/public_token/exchange", exchange).status == 200)
        }
    }
}
