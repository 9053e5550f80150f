import BondAPI
import Domain
import Foundation
import FuzzSupport
import Simulator
import Testing
import Transport

/// The DELETE in its three forms against the simulator, over real sockets.
@Suite("Bond's client removes", .timeLimit(.minutes(3)))
struct RemovalTests {
    private static let owner = Owner(kind: .customer, id: "0f0f0f0f-1111-4222-8333-444444444444")
    private static let card = "aaaaaaaa-0000-4000-8000-000000000001"

    @Test("in each published form", arguments: [RemovalPath.sdk, .guide, .card(account: card)])
    func forms(path: RemovalPath) async throws {
        try await withBond { client, world in
            let link = try world.plant(owner: Self.owner.id, created: Date())
            guard case .success = await client.removeAccount(link.id, by: path).reply else {
                Issue.record("\(path)")
                return
            }
            #expect(world.counts.linksActive == 0)
            guard case .refusal(let refusal) = await client.removeAccount(link.id, by: path).reply else {
                Issue.record("\(path), again")
                return
            }
            #expect(refusal.status == 404)
            #expect(refusal.code == "linked_dne")
        }
    }

    @Test(
        "and believes no answer that names another link alone",
        arguments: [
            (#"{"account_id":"other","linked_account_id":"other","status":"removed"}"#, false),
            (#"{"account_id":"other"}"#, false), (#"{"account_id":"card","linked_account_id":"LINK-1"}"#, true),
            (#"{"account_id":"link-1","linked_account_id":null}"#, true), (#"{"status":"removed"}"#, true),
            ("ok", true),
            ("", true), ("[1]", true), (#"{"account_id":["link-1"]}"#, true),
        ]
    )
    func namedLinks(body: String, isBelieved: Bool) async {
        let client = BondClient(
            transport: FixedAnswer(status: 200, body: body),
            baseURL: "https://bond.invalid",
            identity: Secret("i"),
            authorization: Secret("a"),
            now: { Timestamp(milliseconds: 0) }
        )
        switch await client.removeAccount("link-1", by: .sdk).reply {
        case .success: #expect(isBelieved, "\(body)")
        case .unusable(200, _): #expect(!isBelieved, "\(body)")
        case let reply: Issue.record("\(body): \(reply)")
        }
    }

    @Test(
        "and takes any 2xx for a yes, which its list has to confirm",
        arguments: ["bond-no-id", "bond-empty", "bond-truncated"]
    )
    func oddAnswers(answer: String) async throws {
        let rules = [Scenario.Rule(.remove, answers: [answer])]
        try await withBond(SimulatorConfiguration(scenario: Scenario(rules: rules))) { client, world in
            let link = try world.plant(owner: Self.owner.id, created: Date())
            let call = await client.removeAccount(link.id, by: .sdk)
            #expect(world.counts.linksActive == 0)
            switch (answer, call.reply) {
            case ("bond-truncated", .lost), ("bond-no-id", .success), ("bond-empty", .success): break
            default: Issue.record("\(answer): \(call.reply)")
            }
        }
    }

    @Test("whatever stands in an id, it stays one part of the address")
    func hostileIdentifier() async throws {
        try await withBond { client, world in
            _ = try world.plant(owner: Self.owner.id, created: Date())
            for id in ["../accounts", "a/b", "a?x=1", "a b", ""] {
                guard case .refusal(let refusal) = await client.removeAccount(id, by: .guide).reply else {
                    Issue.record("\(id)")
                    continue
                }
                #expect([403, 404].contains(refusal.status), "\(id)")
            }
            #expect(world.counts.linksActive == 1)
        }
    }

    private func withBond(
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
        _ body: (BondClient, World) async throws -> Void
    ) async throws {
        try await withSimulator(configuration) { address in
            let credentials = SimulatorConfiguration.Credentials.standard
            try await HTTPTransport.withTransport(.init(connections: 1, timeout: .seconds(60))) { transport in
                let client = BondClient(
                    transport: transport,
                    baseURL: address.url,
                    identity: Secret(credentials.bondIdentity),
                    authorization: Secret(credentials.bondAuthorization),
                    now: { Timestamp(milliseconds: 1_790_000_000_000) }
                )
                try await body(client, address.world)
            }
        }
    }
}
