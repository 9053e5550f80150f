import Domain
import Foundation
import PlaidAPI
import Simulator
import Synchronization
import Testing
import Transport

/// Which keys are asked for, and how often.
@Suite("Webhooks' keys", .timeLimit(.minutes(3)))
struct WebhookKeyTests {
    @Test("a key that Plaid does not know is asked for once, and strangers get one question a second at most")
    func strangers() async throws {
        let bench = SigningBench()
        #expect(await bench.rejection(of: try bench.header(kid: "made-up")) == .unknownKey)
        #expect(await bench.rejection(of: try bench.header(kid: "another")) == .noKey)
        bench.advance(by: .milliseconds(999))
        #expect(await bench.rejection(of: try bench.header(kid: "another")) == .noKey)
        #expect(bench.asked == ["made-up"])
        bench.advance(by: .milliseconds(1))
        #expect(await bench.rejection(of: try bench.header(kid: "another")) == .unknownKey)
        #expect(await bench.rejection(of: try bench.header(kid: "made-up")) == .unknownKey)
        #expect(bench.asked == ["made-up", "another"])
    }

    @Test("a hundred unknown keys are remembered, and none of them pushes out one of Plaid's")
    func capacity() async throws {
        let bench = SigningBench()
        #expect(await bench.rejection(of: try bench.header()) == nil)
        for number in 0...100 {
            bench.advance(by: .seconds(1))
            let header = try bench.header(kid: "made-up-\(number)", iat: SigningBench.issued + number)
            #expect(await bench.rejection(of: header) == .unknownKey)
        }
        #expect(bench.asked.count == 102)
        let now = SigningBench.issued + 101
        #expect(await bench.rejection(of: try bench.header(iat: now)) == nil)
        #expect(await bench.rejection(of: try bench.header(kid: "made-up-1", iat: now)) == .unknownKey)
        #expect(bench.asked.count == 102)
        bench.advance(by: .seconds(1))
        #expect(await bench.rejection(of: try bench.header(kid: "made-up-0", iat: now)) == .unknownKey)
        #expect(bench.asked.count == 103)
    }

    @Test("a key that Plaid stopped using is refused")
    func expired() async throws {
        let bench = SigningBench(isExpired: true)
        #expect(await bench.rejection(of: try bench.header()) == .expiredKey)
        #expect(await bench.rejection(of: try bench.header()) == .expiredKey)
        #expect(bench.asked.count == 1)
    }

    @Test("a key is asked for anew after an hour, for it may have expired")
    func renewal() async throws {
        let isOver = Atomic(false)
        let over = RemoteCall<WebhookKey>.Reply.success(WebhookKey(id: "key-1", point: [], isExpired: true))
        let bench = SigningBench(answer: { _ in isOver.load(ordering: .relaxed) ? over : nil })
        #expect(await bench.rejection(of: try bench.header()) == nil)
        isOver.store(true, ordering: .relaxed)
        bench.advance(by: .seconds(3_599))
        #expect(await bench.rejection(of: try bench.header(iat: SigningBench.issued + 3_599)) == nil)
        bench.advance(by: .seconds(1))
        #expect(await bench.rejection(of: try bench.header(iat: SigningBench.issued + 3_600)) == .expiredKey)
    }

    @Test("what Plaid did not say is not remembered")
    func outage() async throws {
        let isDown = Atomic(true)
        let bench = SigningBench(answer: { _ in isDown.load(ordering: .relaxed) ? .lost(why: "time-out") : nil })
        #expect(await bench.rejection(of: try bench.header()) == .noKey)
        isDown.store(false, ordering: .relaxed)
        bench.advance(by: .seconds(1))
        #expect(await bench.rejection(of: try bench.header()) == nil)
    }

    @Test("webhooks that come while their key is asked for wait for it")
    func together() async throws {
        let (gates, gate) = AsyncStream.makeStream(of: Void.self)
        let bench = SigningBench(gate: { for await _ in gates {} })
        let header = try bench.header()
        try await withThrowingTaskGroup(of: WebhookRejection?.self) { group in
            for _ in 0..<10 { group.addTask { await bench.rejection(of: header) } }
            while bench.asked.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            gate.finish()
            for try await rejection in group { #expect(rejection == nil) }
        }
        #expect(bench.asked == ["key-1"])
    }

    @Test("a point that is none believes nobody")
    func noPoint() async throws {
        let bench = SigningBench(answer: { .success(WebhookKey(id: $0, point: Array(repeating: 1, count: 64))) })
        #expect(await bench.rejection(of: try bench.header()) == .forged)
    }

    @Test("the simulator's webhooks are believed, and its forgeries are not")
    func simulator() async throws {
        try await withSimulator(SimulatorConfiguration()) { address in
            try await HTTPTransport.withTransport(.init(connections: 1, timeout: .seconds(60))) { transport in
                let credentials = SimulatorConfiguration.Credentials.standard
                let client = PlaidClient(
                    transport: transport,
                    baseURL: address.url,
                    clientID: credentials.plaidClientID,
                    secret: Secret(credentials.plaidSecret),
                    now: Self.now
                )
                let verifier = WebhookVerifier(plaid: client, now: Self.now)
                let cases: [(WebhookSignature, WebhookRejection?)] = [
                    (.valid, nil), (.missing, .unsigned), (.forged, .forged), (.stale, .stale),
                    (.otherBody, .otherBody),
                ]
                for (signature, rejection) in cases {
                    try address.world.change { $0.webhookSignature = signature }
                    // Nobody listens there: the webhook itself is what is looked at.
                    address.world.send(["webhook_type": "LINK"], to: "http://127.0.0.1:9")
                    let webhook = try #require(address.world.webhooks.last)
                    let found = await verifier.rejection(of: webhook.verification, Array(webhook.body.utf8))
                    #expect(found == rejection, "\(signature)")
                }
                let unknown = await client.getWebhookKey(id: "another").refusal
                #expect(unknown?.code == "INVALID_WEBHOOK_VERIFICATION_KEY_ID")
            }
        }
    }

    private static let now: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }
}
