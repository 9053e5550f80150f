import Domain
import Testing

@Suite struct AttemptTests {
    private static func attempt(_ reply: RemoteCall<Int>.Reply, status: Int? = nil) -> Attempt {
        Attempt(
            .post,
            RemoteCall(
                reply: reply,
                sentAt: Timestamp(milliseconds: 5),
                latency: .milliseconds(7),
                status: status,
                requestID: "request"
            )
        )
    }

    private static func expected(
        _ result: Attempt.Result,
        status: Int? = nil,
        code: String? = nil,
        message: String? = nil
    ) -> Attempt {
        Attempt(
            call: .post,
            result: result,
            sentAt: Timestamp(milliseconds: 5),
            latency: .milliseconds(7),
            status: status,
            code: code,
            message: message,
            requestID: "request"
        )
    }

    @Test func keepsWhatTheCallCameTo() {
        #expect(Self.attempt(.lost(why: "reset")) == Self.expected(.lost, message: "reset"))
        #expect(Self.attempt(.neverSent(why: "refused")) == Self.expected(.neverSent, message: "refused"))
        #expect(
            Self.attempt(.unusable(status: 201, why: "cut short"), status: 201)
                == Self.expected(.unusable, status: 201, message: "cut short")
        )
        #expect(Self.attempt(.success(1), status: 201) == Self.expected(.ok, status: 201))
    }

    @Test func keepsWhatTheRefusalSaid() {
        let limit = Refusal(api: .plaid, status: 429, type: "RATE_LIMIT_EXCEEDED", message: "slow down")
        #expect(
            Self.attempt(.refusal(limit), status: 429)
                == Self.expected(.rateLimited, status: 429, code: "RATE_LIMIT_EXCEEDED", message: "slow down")
        )
        let refusal = Refusal(api: .bond, status: 400, type: "Request Error", code: "customer_dne", message: "no")
        #expect(
            Self.attempt(.refusal(refusal), status: 400)
                == Self.expected(.refused, status: 400, code: "customer_dne", message: "no")
        )
    }

    @Test func callEndsAfterItsLatency() {
        let call = RemoteCall(reply: .success(1), sentAt: Timestamp(milliseconds: 5), latency: .milliseconds(7))
        #expect(call.endedAt == Timestamp(milliseconds: 12))
    }
}
