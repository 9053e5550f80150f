import NIOHTTP1
import Simulator
import Testing

@Suite struct LimitTests {
    private func configuration(_ retryAfter: RetryAfter = .none) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.plaidLimit = 3
        configuration.behaviour.bondLimit = 2
        configuration.behaviour.retryAfter = retryAfter
        return configuration
    }

    @Test func theWindowSlides() async throws {
        try await Harness.run(configuration()) { (harness: Harness) async throws in
            for _ in 0..<3 {
                #expect(try await harness.mint().status == 200)
                harness.clock.advance(by: 10)
            }
            #expect(try await harness.mint().status == 429)
            harness.clock.advance(by: 29.9)
            #expect(try await harness.mint().status == 429)
            harness.clock.advance(by: 0.1)
            #expect(try await harness.mint().status == 200)
            #expect(try await harness.mint().status == 429)
            let tally = try #require(harness.world.counts.calls[.plaid])
            #expect(tally.rateLimited == 3)
            #expect(tally.maxAcceptedIn60s == 3)
            #expect(tally.maxCallsIn60s == 6)
        }
    }

    @Test func eachApiRefusesInItsOwnWords() async throws {
        try await Harness.run(configuration()) { (harness: Harness) async throws in
            for _ in 0..<3 { _ = try await harness.mint() }
            let plaid = try await harness.mint()
            #expect(plaid["error_type"] == "RATE_LIMIT_EXCEEDED")
            #expect(plaid.headers["retry-after"] == [])
            for _ in 0..<2 { #expect(try await harness.list().status == 200) }
            let bond = try await harness.list()
            #expect(bond.status == 429)
            #expect(bond["Status"] == 429)
            #expect(harness.world.calls.last?.isRefusedByLimit == true)
        }
    }

    @Test func saysWhenToComeBackWhereToldTo() async throws {
        try await Harness.run(configuration(.seconds)) { (harness: Harness) async throws in
            for _ in 0..<2 { _ = try await harness.list() }
            harness.clock.advance(by: 20.5)
            #expect(try await harness.list().headers["retry-after"] == ["40"])
            try harness.world.change { $0.retryAfter = .httpDate }
            #expect(try await harness.list().headers["retry-after"] == ["Fri, 01 Mar 2024 10:01:00 GMT"])
        }
    }

    @Test func readsOfOneItemAreLimitedByThemselves() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.plaidItemLimit = 1
        try await Harness.run(configuration) { (harness: Harness) async throws in
            let first: JSON = ["access_token": .string(Harness.token(0, row: 1))]
            let second: JSON = ["access_token": .string(Harness.token(0, row: 2))]
            #expect(try await harness.plaid("/item/get", first).status == 200)
            #expect(try await harness.plaid("/item/get", first)["error_code"] == "ITEM_GET_LIMIT")
            #expect(try await harness.plaid("/accounts/get", first).status == 200)
            #expect(try await harness.plaid("/item/get", second).status == 200)
            let account = try #require(harness.world.accounts(of: Harness.token(0, row: 1)).first?.id)
            #expect(try await harness.mint(Harness.token(0, row: 1), account: account).status == 200)
        }
    }
}
