import BondAPI
import Domain
import Foundation
import Simulator
import Testing
import Transport

/// The client against the simulator, over real sockets.
@Suite("Bond's client", .timeLimit(.minutes(3)))
struct BondClientTests {
    private static let owner = Owner(kind: .customer, id: "0F0F0F0F-1111-4222-8333-444444444444")

    @Test("a link carries its id, statuses and dates as Bond gave them")
    func success() async throws {
        let account = try #require(try await linked(answers: []))
        #expect(UUID(uuidString: account.linkedAccountID) != nil)
        #expect(account.accountID == account.linkedAccountID)
        #expect(account.status == "active")
        #expect(account.verificationStatus == "instantly_verified")
        #expect(account.dateCreated.flatMap(LenientDate.parse) != nil)
        #expect(account.isUsable)
    }

    @Test("200 is as good as 201, and odd enum values are texts", arguments: ["bond-200", "bond-unknown-enums"])
    func oddSuccess(answer: String) async throws {
        #expect(try await linked(answers: [answer]) != nil)
    }

    @Test("a null status is no reason to lose the link, and not usable yet")
    func nullStatus() async throws {
        let account = try #require(try await linked(answers: ["bond-null-status"]))
        #expect(!account.isUsable)
    }

    @Test(
        "a 2xx that does not name a link of this owner is unusable",
        arguments: ["bond-no-id", "bond-other-customer", "bond-empty", "bond-large"]
    )
    func unusable(answer: String) async throws {
        let call = try await link(answers: [answer])
        guard case .unusable(201, _) = call.reply else {
            Issue.record("\(answer): \(call.reply)")
            return
        }
    }

    @Test("a status in the body outranks a 200 around it")
    func bodyStatus() async throws {
        let call = try await link(answers: ["bond-body-500"])
        guard case .refusal(let refusal) = call.reply else {
            Issue.record("\(call.reply)")
            return
        }
        #expect(refusal.status == 500)
        #expect(AnswerTable.rule(for: refusal).meaning == .doubt)
    }

    @Test(
        "every error shape gives its message, and its code where it has one",
        arguments: [
            ("bond-identity", 400, "account_post_schema", "identity"),
            ("bond-customer-dne", 404, "customer_dne", "customer_dne"),
            ("bond-400-object", 400, "account_post_schema", "Missing data"),
            ("bond-400-map", 400, nil, "Missing data"),
            ("bond-400-error", 400, nil, ""),
            ("bond-404", 404, nil, ""),
            ("bond-html", 502, nil, "without a readable body"),
        ] as [(String, Int, String?, String)]
    )
    func errorShapes(answer: String, status: Int, code: String?, part: String) async throws {
        let call = try await link(answers: [answer])
        guard case .refusal(let refusal) = call.reply else {
            Issue.record("\(answer): \(call.reply)")
            return
        }
        #expect(refusal.status == status)
        #expect(refusal.code == code)
        #expect(part.isEmpty || refusal.message?.contains(part) == true, "\(refusal.message ?? "")")
    }

    @Test("wrong keys are refused with 401")
    func wrongKeys() async throws {
        let call = try await link(answers: [], authorization: "wrong")
        guard case .refusal(let refusal) = call.reply else {
            Issue.record("\(call.reply)")
            return
        }
        #expect(refusal.status == 401)
    }

    @Test("the list shows links with readable dates, and none of Bond's secrets")
    func list() async throws {
        try await withClient { client, address in
            _ = await client.linkAccount(
                processorToken: try await mint(address),
                owner: Self.owner,
                idempotencyKey: nil
            )
            let call = await client.listAccounts(of: Self.owner)
            guard case .success(let accounts) = call.reply else {
                Issue.record("\(call.reply)")
                return
            }
            #expect(accounts.count == 1)
            #expect(accounts.first?.dateCreated.flatMap(LenientDate.parse) != nil)
            var text = ""
            dump(accounts, to: &text)
            #expect(!text.contains(SimulatorConfiguration.listedAccessToken))
        }
    }

    @Test("Bond's clock is read from its answers")
    func clock() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.clockOffset = 3_600
        try await withClient(configuration) { client, _ in
            let offset = try #require(await client.listAccounts(of: Self.owner).clockOffset)
            // The test's own clock stands still, so a slow machine only adds to it.
            #expect((3_599...3_900).contains(offset.inSeconds))
        }
    }

    private func linked(answers: [String]) async throws -> BondAccount? {
        guard case .success(let account) = try await link(answers: answers).reply else { return nil }
        return account
    }

    private func link(
        answers: [String],
        authorization: String? = nil
    ) async throws -> RemoteCall<BondAccount> {
        let rules = answers.isEmpty ? [] : [Scenario.Rule(.link, answers: answers)]
        let configuration = SimulatorConfiguration(scenario: Scenario(rules: rules))
        return try await withClient(configuration, authorization: authorization) { client, address in
            await client.linkAccount(processorToken: try await mint(address), owner: Self.owner, idempotencyKey: nil)
        }
    }

    private func mint(_ address: SimulatorAddress) async throws -> Secret {
        let credentials = SimulatorConfiguration.Credentials.standard
        let body = """
            {"access_token":"access-sandbox-11111111-2222-4333-8444-555555555555","account_id":"a","processor":"bond"}
            """
        let call = HTTPCall(
            method: .post,
            url: address.url + "/processor/token/create",
            headers: [
                ("Content-Type", "application/json"), ("PLAID-CLIENT-ID", credentials.plaidClientID),
                ("PLAID-SECRET", credentials.plaidSecret),
            ],
            body: Array(body.utf8)
        )
        return try await HTTPTransport.withTransport(.init(connections: 1, timeout: .seconds(60))) { transport in
            guard case .answer(let answer) = await transport.perform(call) else { throw CancellationError() }
            let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
            return Secret(try #require(object?["processor_token"] as? String))
        }
    }

    private func withClient<Result: Sendable>(
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
        authorization: String? = nil,
        _ body: (BondClient, SimulatorAddress) async throws -> Result
    ) async throws -> Result {
        try await withSimulator(configuration) { address in
            try await HTTPTransport.withTransport(.init(connections: 1, timeout: .seconds(60))) { transport in
                let start = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
                let client = BondClient(
                    transport: transport,
                    baseURL: address.url,
                    identity: Secret(configuration.credentials.bondIdentity),
                    authorization: Secret(authorization ?? configuration.credentials.bondAuthorization),
                    now: { start }
                )
                return try await body(client, address)
            }
        }
    }
}
