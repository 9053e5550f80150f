import Domain
import PlaidAPI
import Simulator
import Testing
import Transport

/// The client against the simulator, over real sockets.
@Suite("Plaid's client", .timeLimit(.minutes(3)))
struct PlaidClientTests {
    private static let token = Secret("access-sandbox-11111111-2222-4333-8444-555555555555")

    @Test("a token comes with its request id, and the simulator had nothing to complain of")
    func success() async throws {
        let call = try await call()
        guard case .success(let token) = call.reply else {
            Issue.record("\(call.reply)")
            return
        }
        #expect(token.exposed.hasPrefix("processor-sandbox-"))
        #expect(call.requestID?.isEmpty == false)
        #expect(call.status == 200)
    }

    @Test("wrong keys are a refusal with Plaid's own code")
    func wrongKeys() async throws {
        let refusal = try #require(try await refusal(of: call(secret: "wrong")))
        #expect(refusal.code == "INVALID_API_KEYS")
        #expect(refusal.type == "INVALID_INPUT")
        #expect(refusal.status == 400)
        #expect(refusal.requestID?.isEmpty == false)
    }

    @Test("a refusal carries what the server asks for")
    func rateLimit() async throws {
        let refusal = try #require(try await refusal(of: call(answers: ["plaid-429-seconds"])))
        #expect(refusal.status == 429)
        #expect(refusal.type == "RATE_LIMIT_EXCEEDED")
        #expect(refusal.retryAfter != nil)
    }

    @Test("HTML in front of Plaid is a refusal without a code")
    func html() async throws {
        let refusal = try #require(try await refusal(of: call(answers: ["plaid-html"])))
        #expect(refusal.status == 502)
        #expect(refusal.code == nil)
    }

    @Test(
        "a 200 that cannot be used is told from an answer that did not come",
        arguments: ["plaid-empty", "plaid-no-token"]
    )
    func unusable(answer: String) async throws {
        guard case .unusable(200, _) = try await call(answers: [answer]).reply else {
            Issue.record("\(answer) must be unusable")
            return
        }
    }

    @Test("a lost answer is lost", arguments: ["plaid-reset-before", "plaid-reset-after", "plaid-truncated"])
    func lost(answer: String) async throws {
        guard case .lost = try await call(answers: [answer]).reply else {
            Issue.record("\(answer) must be lost")
            return
        }
    }

    private func call(secret: String? = nil, answers: [String] = []) async throws -> RemoteCall<Secret> {
        let rules = answers.isEmpty ? [] : [Scenario.Rule(.mint, answers: answers)]
        let configuration = SimulatorConfiguration(scenario: Scenario(rules: rules))
        return try await withSimulator(configuration) { address in
            try await HTTPTransport.withTransport(.init(connections: 1, timeout: .seconds(60))) { transport in
                let client = PlaidClient(
                    transport: transport,
                    baseURL: address.url,
                    clientID: configuration.credentials.plaidClientID,
                    secret: Secret(secret ?? configuration.credentials.plaidSecret),
                    now: { Timestamp(milliseconds: 0) }
                )
                return await client.createProcessorToken(accessToken: Self.token, accountID: "account")
            }
        }
    }

    private func refusal(of call: RemoteCall<Secret>) throws -> Refusal? {
        guard case .refusal(let refusal) = call.reply else { return nil }
        return refusal
    }
}
