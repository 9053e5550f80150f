import Domain
import FoundationEssentials
import Transport

/// What an HTTP outcome means in Plaid's terms, before anybody decides what to do about it.
struct PlaidAnswer<Value: Sendable> {
    let reply: RemoteCall<Value>.Reply
    let status: Int?
    let requestID: String?

    /// Reads an outcome; `decode` finds the value in a 200's body.
    init(
        _ outcome: HTTPOutcome,
        redaction: Redaction,
        now: Timestamp,
        decode: (Data) -> (value: Value, requestID: String?)?
    ) {
        switch outcome {
        case .neverSent(let why): self.init(.neverSent(why: why))
        case .lost(let why): self.init(.lost(why: why))
        case .unusable(let status, let why): self.init(.unusable(status: status, why: why), status: status)
        case .answer(let answer) where answer.status == 200:
            if let success = decode(answer.json) {
                let requestID = success.requestID.map(redaction.apply)
                self.init(.success(success.value), status: 200, requestID: requestID)
            } else {
                self.init(.unusable(status: 200, why: "Plaid's answer lacks what it must carry"), status: 200)
            }
        case .answer(let answer):
            let refusal = Self.refusal(answer, redaction: redaction, now: now)
            self.init(.refusal(refusal), status: answer.status, requestID: refusal.requestID)
        }
    }

    private init(_ reply: RemoteCall<Value>.Reply, status: Int? = nil, requestID: String? = nil) {
        self.reply = reply
        self.status = status
        self.requestID = requestID
    }

    private static func refusal(_ answer: HTTPAnswer, redaction: Redaction, now: Timestamp) -> Refusal {
        let wire = try? SnakeCaseJSON.decoder.decode(PlaidErrorWire.self, from: answer.json)
        let serverNow = answer.dateMilliseconds ?? now.milliseconds
        return Refusal(
            api: .plaid,
            status: answer.status,
            type: wire?.errorType.map(redaction.apply),
            code: wire?.errorCode.map(redaction.apply),
            message: wire?.errorMessage.map(redaction.apply) ?? "HTTP \(answer.status) without Plaid's error envelope",
            requestID: wire?.requestId.map(redaction.apply),
            retryAfter: answer.retryAfter?.wait(now: serverNow)
        )
    }
}
