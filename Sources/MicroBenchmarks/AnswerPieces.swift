import BondAPI
import Domain
import Pacing
import PlaidAPI
import Transport

/// A call without its network: writing the request, reading the answer, and the gate around it.
enum AnswerPieces {
    private static let count = 20_000
    private static let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: 1_767_600_000_000) }
    private static let plaidAnswer = """
        {"processor_token":"processor-sandbox-0c1f6b6b-7b3e-4c8d-9f77-8d6f6f6a2b11","request_id":"Aim3b"}
        """
    private static let bondAnswer = """
        {"account_id":"5f1d1a3e-5b0f-4d7c-8d6b-3e1a2b4c5d6e","linked_account_id":"5f1d1a3e-5b0f-4d7c-8d6b-3e1a2b4c5d6e",\
        "customer_id":"c1","type":"external","link_type":"plaid","status":"active",\
        "verification_status":"instantly_verified","date_created":"2026-01-05T18:02:11.123456+00:00",\
        "date_updated":"2026-01-05T18:02:11.123456+00:00"}
        """

    /// Answers every call at once with the same.
    private struct Canned: HTTPSender {
        let answer: HTTPAnswer

        func perform(_ call: HTTPCall) async -> HTTPOutcome {
            .answer(answer)
        }
    }

    static func time() async throws {
        let plaid = PlaidClient(
            transport: Canned(answer: HTTPAnswer(status: 200, body: Array(plaidAnswer.utf8))),
            baseURL: "http://127.0.0.1",
            clientID: "client",
            secret: Secret("secret"),
            now: now
        )
        await Stopwatch.time("Plaid's call, written and read", count: count) {
            for _ in 0..<count {
                let call = await plaid.createProcessorToken(accessToken: Secret("access"), accountID: "account")
                guard case .success = call.reply else { preconditionFailure("an answer was not understood") }
            }
        }
        let bond = BondClient(
            transport: Canned(answer: HTTPAnswer(status: 201, body: Array(bondAnswer.utf8))),
            baseURL: "http://127.0.0.1",
            identity: Secret("identity"),
            authorization: Secret("authorization"),
            now: now
        )
        await Stopwatch.time("Bond's call, written and read", count: count) {
            for _ in 0..<count {
                let owner = Owner(kind: .customer, id: "c1")
                let call = await bond.linkAccount(processorToken: Secret("token"), owner: owner, idempotencyKey: nil)
                guard case .success = call.reply else { preconditionFailure("an answer was not understood") }
            }
        }
        try await timeGate()
    }

    private static func timeGate() async throws {
        let gate = CallGate(
            rate: .unlimited,
            concurrency: 64,
            clock: PacingClock(ContinuousClock()),
            jitter: { 0.5 }
        )
        try await Stopwatch.time("the gate, one call in and out", count: count) {
            for _ in 0..<count {
                try await gate.enter()
                await gate.depart()
                gate.heed(.served)
                gate.free()
            }
        }
    }
}
