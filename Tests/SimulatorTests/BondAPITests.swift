import NIOHTTP1
import Simulator
import Testing

@Suite struct BondAPITests {
    @Test func answersALinkWithTheNineMembers() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let linked = try await harness.link()
            let id = linked["linked_account_id"]
            #expect(linked.status == 201)
            #expect(
                linked.json == [
                    "account_id": id ?? .null, "linked_account_id": id ?? .null,
                    "customer_id": .string(Harness.customer),
                    "type": "external", "link_type": "plaid", "status": "active",
                    "verification_status": "instantly_verified", "date_created": "2024-03-01T10:00:00.123456+00:00",
                    "date_updated": "2024-03-01T10:00:00.123463+00:00",
                ]
            )
        }
    }

    @Test(arguments: ["v0", "v0.1"])
    func listsWithAnotherDateFormAndASecret(version: String) async throws {
        try await Harness.run { (harness: Harness) async throws in
            let linked = try await harness.link()
            let listed = try await harness.list(version: version).json?.elements?.first
            #expect(listed?["linked_account_id"] == linked["linked_account_id"])
            #expect(listed?["date_created"] == "2024-03-01 02:00:00.123456-08")
            #expect(listed?["plaid_access_token"] == .string(SimulatorConfiguration.listedAccessToken))
            #expect(listed?["card_id"] == .null)
            #expect(listed?["account_number"] == nil)
            let full = try await harness.list(query: "?list_full_account=true").json?.elements?.first
            #expect(full?["account_number"] == .string(SimulatorConfiguration.listedAccountNumber))
        }
    }

    @Test func linksTheSameTokenTwiceUnlessDuplicatesAreRefused() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = try await harness.mint()["processor_token"] ?? .null
            let body: JSON = ["processor_token": token, "customer_id": .string(Harness.customer)]
            #expect(try await harness.post(body).status == 201)
            #expect(try await harness.post(body).status == 201)
            #expect(harness.world.counts.doubleLinks == 1)
            try harness.world.change { $0.duplicatePolicy = .duplicateAccount }
            let refused = try await harness.post(body)
            #expect(refused["Code"] == "duplicate_account")
            #expect(harness.world.counts.linksCreated == 2)
        }
    }

    @Test(
        arguments: [
            ["customer_id": "not-a-uuid"],
            ["customer_id": .string(Harness.customer), "account_id": "x"],
            ["customer_id": .string(Harness.customer), "business_id": .string(Harness.customer)],
            ["customer_id": 7],
            [:],
        ] as [[String: JSON]]
    )
    func refusesWhatIsNotExact(owner: [String: JSON]) async throws {
        try await Harness.run { (harness: Harness) async throws in
            var body = owner
            body["processor_token"] = try await harness.mint()["processor_token"]
            let refused = try await harness.post(.object(body))
            #expect(refused.status == 400)
            #expect(refused.json?.members?.keys.sorted() == ["Code", "Message", "Status", "Type"])
            #expect(harness.world.counts.linksCreated == 0)
        }
    }

    @Test func refusesATokenThatWasNeverMintedForBond() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let other: JSON = ["access_token": .string(Harness.token(0)), "account_id": "a", "processor": "dwolla"]
            let foreign = try await harness.plaid("/processor/token/create", other)["processor_token"] ?? .null
            for token in [foreign, "processor-sandbox-0f0f0f0f-1111-4222-8333-444444444444"] {
                let refused = try await harness.post([
                    "processor_token": token, "customer_id": .string(Harness.customer),
                ])
                #expect(refused.status == 400)
                #expect(refused["Code"] == "token_exchange_post_schema")
            }
        }
    }

    @Test func takesABusinessAsOwner() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let token = try await harness.mint()["processor_token"] ?? .null
            let linked = try await harness.post(["processor_token": token, "business_id": .string(Harness.customer)])
            #expect(linked.status == 201)
            #expect(linked["business_id"] == .string(Harness.customer))
            #expect(linked["customer_id"] == nil)
        }
    }

    @Test func refusesWrongCredentialsAndBearer() async throws {
        try await Harness.run { (harness: Harness) async throws in
            for value in ["wrong", "Bearer " + harness.credentials.bondAuthorization] {
                var headers = harness.bondHeaders
                headers.replaceOrAdd(name: "Authorization", value: value)
                let path = "/api/v0/accounts/\(Harness.customer)/external_accounts"
                let refused = try await harness.send(.GET, path, headers: headers)
                #expect(refused.status == 401)
                #expect(refused["Code"] == "auth_err")
            }
        }
    }

    @Test(arguments: ["/api/v1/accounts/processor_tokens", "/api/v0/accounts/processor_tokens", "/api/v0.1/nothing"])
    func anUnknownPathLooksForbidden(path: String) async throws {
        try await Harness.run { (harness: Harness) async throws in
            let refused = try await harness.send(.POST, path, headers: harness.bondHeaders, body: "{}")
            #expect(refused.status == 403)
            #expect(refused.json?.members?.keys.sorted() == ["message"])
        }
    }

    @Test(arguments: 0..<3)
    func removesSoftlyInThreeForms(form: Int) async throws {
        try await Harness.run { (harness: Harness) async throws in
            let id = try await harness.link()["linked_account_id"]?.string ?? ""
            let path = [
                "/api/v0.1/accounts/\(id)", "/api/v0/accounts/\(id)",
                "/api/v0/accounts/\(Harness.customer)/external_accounts/\(id)",
            ]
            let body = form == 1 ? #"{"type":"external","link_type":"plaid"}"# : nil
            let removed = try await harness.send(.DELETE, path[form], headers: harness.bondHeaders, body: body)
            #expect(removed.status == 200)
            #expect(removed["account_id"] == .string(form == 2 ? Harness.customer : id))
            #expect(removed["status"] == "removed")
            #expect(try await harness.list().json?.elements?.first?["status"] == "removed")
            let again = try await harness.send(.DELETE, path[form], headers: harness.bondHeaders, body: body)
            #expect(again["Code"] == "linked_dne")
        }
    }

    @Test(
        arguments: [
            ("v0.1", nil, #"{"type":"external","link_type":"plaid"}"#, 400), ("v0", nil, nil, 400),
            ("v0", nil, #"{"type":"external"}"#, 400),
            ("v0", nil, #"{"type":"external","link_type":"plaid","x":1}"#, 400),
            ("v0", "no-uuid", nil, 400), ("v0", Harness.customer, #"{"type":"external","link_type":"plaid"}"#, 400),
            ("v0.1", Harness.customer, nil, 403), ("v1", nil, nil, 403),
        ] as [(String, String?, String?, Int)]
    )
    func refusesRemovalsInOtherForms(version: String, card: String?, body: String?, status: Int) async throws {
        try await Harness.run { (harness: Harness) async throws in
            let id = try await harness.link()["linked_account_id"]?.string ?? ""
            let middle = card.map { "\($0)/external_accounts/" } ?? ""
            let path = "/api/\(version)/accounts/\(middle)\(id)"
            let refused = try await harness.send(.DELETE, path, headers: harness.bondHeaders, body: body)
            #expect(refused.status == status, "\(refused.text)")
            #expect(harness.world.counts.linksActive == 1)
        }
    }

    @Test func checksAKey() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let path = "/api/v0.1/auth/key/"
            let own = path + harness.credentials.bondIdentity
            #expect(try await harness.send(.GET, own, headers: harness.bondHeaders).status == 200)
            #expect(try await harness.send(.GET, path + "other", headers: harness.bondHeaders).status == 403)
        }
    }

    @Test func listingCanBeUnreliable() async throws {
        try await Harness.run { (harness: Harness) async throws in
            try harness.world.change { $0.listingDelay = 5 }
            _ = try await harness.link()
            #expect(try await harness.list().json == [])
            harness.clock.advance(by: 5)
            #expect(try await harness.list().json?.elements?.count == 1)
            try harness.world.change { $0.listsLinks = false }
            #expect(try await harness.list().json == [])
            try harness.world.change { $0.emptyListAsError = true }
            #expect(try await harness.list()["Code"] == "query_params")
            try harness.world.change {
                $0.listsLinks = true
                $0.hiddenLinkProbability = 1
            }
            #expect(try await harness.link(account: "hidden").status == 201)
            #expect(try await harness.list().json?.elements?.count == 1)
        }
    }

    @Test func itsClockCanBeAhead() async throws {
        try await Harness.run { (harness: Harness) async throws in
            try harness.world.change { $0.clockOffset = 90 }
            let linked = try await harness.link()
            #expect(linked.headers.first(name: "date") == "Fri, 01 Mar 2024 10:01:30 GMT")
            #expect(linked["date_created"] == "2024-03-01T10:01:30.123456+00:00")
            #expect(try await harness.mint().headers.first(name: "date") == "Fri, 01 Mar 2024 10:00:00 GMT")
        }
    }
}
