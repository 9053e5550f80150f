import NIOHTTP1
import Simulator
import Testing

@Suite struct OutageTests {
    @Test func oneApiIsAwayAndTheOtherIsNot() async throws {
        try await Harness.run { (harness: Harness) async throws in
            try harness.world.change { $0.bondOutage = Outage(status: 503) }
            #expect(try await harness.mint().status == 200)
            let answer = try await harness.link()
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == [])
            #expect(harness.world.counts.linksCreated == 0)
            #expect(harness.world.calls.last?.answer == "outage")
            try harness.world.change { $0.bondOutage = nil }
            #expect(try await harness.link().status == 201)
        }
    }

    @Test func saysWhenItEndsWhereToldTo() async throws {
        try await Harness.run { (harness: Harness) async throws in
            try harness.world.change {
                $0.plaidOutage = Outage(status: 429, retryAfter: .seconds, seconds: 86_400)
                $0.bondOutage = Outage(status: 429, retryAfter: .httpDate, seconds: 30)
            }
            let plaid = try await harness.mint()
            #expect(plaid["error_type"] == "RATE_LIMIT_EXCEEDED")
            #expect(plaid.headers["retry-after"] == ["86400"])
            let bond = try await harness.list()
            #expect(bond.status == 429)
            #expect(bond.headers["retry-after"] == ["Fri, 01 Mar 2024 10:00:30 GMT"])
            #expect(harness.world.counts.tokensMinted == 0)
            #expect(harness.world.counts.calls[.plaid]?.rateLimited == 0)
        }
    }

    @Test func aStatusOfNoneResetsTheConnection() async throws {
        try await Harness.run { (harness: Harness) async throws in
            try harness.world.change { $0.plaidOutage = Outage(status: 0) }
            await #expect(throws: (any Error).self) { try await harness.mint() }
            #expect(harness.world.calls.last?.status == 0)
        }
    }

    @Test func theAdminCallBeginsAndEndsIt() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let outage: JSON = ["status": 503, "retry_after": "none", "seconds": 30]
            #expect(try await harness.admin(.POST, "faults", ["bond_outage": outage]).status == 200)
            #expect(try await harness.list().status == 503)
            #expect(try await harness.admin(.POST, "faults", ["bond_outage": nil]).status == 200)
            #expect(try await harness.list().status == 200)
        }
    }

    @Test func theLogNamesTheAccountAndTheCountsRepeatedTokens() async throws {
        try await Harness.run { (harness: Harness) async throws in
            _ = try await harness.link(account: "one")
            _ = try await harness.mint(account: "one")
            _ = try await harness.mint(account: "two")
            #expect(harness.world.calls.map(\.accountID) == ["one", "one", "one", "two"])
            #expect(harness.world.counts.tokensMinted == 3)
            #expect(harness.world.counts.tokensRepeated == 1)
        }
    }
}
