import NIOHTTP1
import Simulator
import Testing

@Suite struct AdminAPITests {
    @Test func countsWhatHappened() async throws {
        try await Harness.run { (harness: Harness) async throws in
            _ = try await harness.link()
            _ = try await harness.link(Harness.token(2001))
            _ = try await harness.mint()
            let counts = try await harness.admin(.GET, "counts")
            #expect(counts["calls"]?["plaid"]?["total"] == 3)
            #expect(counts["calls"]?["bond"]?["by_status"] == ["201": 1, "400": 1])
            #expect(counts["tokens_minted"] == 3)
            #expect(counts["orphan_tokens"] == 1)
            #expect(counts["links_active"] == 1)
            #expect(counts["double_links"] == 0)
        }
    }

    @Test func listsLinksAndCallsWithoutTokens() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let id = try await harness.link()["linked_account_id"]
            let links = try await harness.admin(.GET, "links")
            #expect(links.json?.elements?.first?["linked_account_id"] == id)
            #expect(!links.text.contains("sandbox-"))
            let calls = try await harness.admin(.GET, "calls").json?.elements ?? []
            #expect(calls.map { $0["operation"] } == ["mint", "link"])
            #expect(calls.last?["owner"] == .string(Harness.customer))
            #expect(calls.last?["status"] == 201)
        }
    }

    @Test func plantsAnOlderLink() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let body: JSON = ["customer_id": .string(Harness.customer), "date_created": "2021-02-11T20:01:36Z"]
            #expect(try await harness.admin(.POST, "links", body).status == 201)
            let listed = try await harness.list().json?.elements?.first
            #expect(listed?["date_created"] == "2021-02-11 12:01:36.000000-08")
        }
    }

    @Test func changesFaultsWhileItRuns() async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await harness.mint().status == 200)
            let changed = try await harness.admin(
                .POST,
                "faults",
                ["faults": ["mint": ["plaid-504": 1]], "bond_limit": nil]
            )
            #expect(changed.status == 200)
            #expect(try await harness.mint().status == 504)
            #expect(harness.world.behaviour.bondLimit == nil)
            #expect(harness.world.behaviour.plaidLimit == 500)
        }
    }

    @Test(arguments: [["bond_limits": 3], ["plaid_limit": "many"], ["faults": ["mint": ["nonsense": 1]]]] as [JSON])
    func refusesSettingsItDoesNotKnow(body: JSON) async throws {
        try await Harness.run { (harness: Harness) async throws in
            #expect(try await harness.admin(.POST, "faults", body).status == 400)
            #expect(harness.world.behaviour.plaidLimit == 500)
        }
    }

    @Test func resetForgetsEverything() async throws {
        try await Harness.run { (harness: Harness) async throws in
            _ = try await harness.link()
            #expect(try await harness.admin(.POST, "reset").status == 200)
            #expect(harness.world.counts.linksCreated == 0)
            #expect(harness.world.calls.isEmpty)
        }
    }
}
