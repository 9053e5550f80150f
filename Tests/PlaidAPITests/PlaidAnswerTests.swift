import Domain
import FuzzSupport
import PlaidAPI
import Testing

/// Answers that no simulator would think of.
@Suite("Plaid's odd answers")
struct PlaidAnswerTests {
    private func call(_ status: Int, _ body: String) async -> RemoteCall<Secret> {
        let client = PlaidClient(
            transport: FixedAnswer(status: status, body: body),
            baseURL: "https://plaid.invalid",
            clientID: "client",
            secret: Secret("the-secret"),
            now: { Timestamp(milliseconds: 0) }
        )
        return await client.createProcessorToken(accessToken: Secret("the-access-token"), accountID: "a")
    }

    @Test("the request id of a success cannot carry what was sent, nor be endless")
    func requestID() async {
        let echo = await call(200, #"{"processor_token":"p","request_id":"the-access-token"}"#)
        #expect(echo.requestID == "(secret)")
        let long = String(repeating: "x", count: 10_000)
        #expect(await call(200, #"{"processor_token":"p","request_id":"\#(long)"}"#).requestID?.count == 300)
    }

    @Test("JSON nested without end is an answer that cannot be read", arguments: ["[", #"{"a":"#, #"{"error_code":["#])
    func nested(opening: String) async {
        let deep = String(repeating: opening, count: 1 << 17)
        guard case .unusable(200, _) = await call(200, deep).reply else {
            Issue.record("a success that cannot be read must be unusable")
            return
        }
        guard case .refusal(let refusal) = await call(500, deep).reply else {
            Issue.record("a refusal that cannot be read is one by its status")
            return
        }
        #expect(refusal.message == "HTTP 500 without Plaid's error envelope")
    }
}
