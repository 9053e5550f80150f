import Domain
import FoundationEssentials
import Transport

/// What an HTTP outcome means in Bond's terms, before anybody decides what to do about it.
struct BondAnswer<Value: Sendable> {
    let reply: RemoteCall<Value>.Reply
    let status: Int?
    private let dateMilliseconds: Int64?

    /// Reads an outcome; `value` finds what was asked for in a 2xx answer's body, which is nothing where it is no `Wire`.
    init<Wire: Decodable>(
        _ outcome: HTTPOutcome,
        redaction: Redaction,
        now: Timestamp,
        value: (Wire?) -> Value?
    ) {
        switch outcome {
        case .neverSent(let why): self.init(.neverSent(why: why))
        case .lost(let why): self.init(.lost(why: why))
        case .unusable(let status, let why): self.init(.unusable(status: status, why: why), status: status)
        case .answer(let answer):
            self.init(
                Self.reply(answer, redaction: redaction, now: now, value: value),
                status: answer.status,
                dateMilliseconds: answer.dateMilliseconds
            )
        }
    }

    private init(_ reply: RemoteCall<Value>.Reply, status: Int? = nil, dateMilliseconds: Int64? = nil) {
        self.reply = reply
        self.status = status
        self.dateMilliseconds = dateMilliseconds
    }

    /// Bond's clock minus this machine's, to within a second.
    ///
    /// The header is cut to the second, so half a second is added; an answer that was longer on its way tells too
    /// little, and so does one during which this machine's clock was set.
    func clockOffset(sentAt: Timestamp, endedAt: Timestamp) -> Duration? {
        let latency = endedAt.since(sentAt)
        guard let dateMilliseconds, latency >= .zero, latency < .seconds(1) else { return nil }
        let middle = sentAt.milliseconds + (endedAt.milliseconds - sentAt.milliseconds) / 2
        return .milliseconds(dateMilliseconds + 500 - middle)
    }

    private static func reply<Wire: Decodable>(
        _ answer: HTTPAnswer,
        redaction: Redaction,
        now: Timestamp,
        value: (Wire?) -> Value?
    ) -> RemoteCall<Value>.Reply {
        let json = answer.json
        let isSuccess = (200..<300).contains(answer.status)
        let body = isSuccess ? try? SnakeCaseJSON.plainDecoder.decode(SuccessWire<Wire>.self, from: json) : nil
        if isSuccess, body?.refusal == nil {
            return value(body?.wire).map { .success($0) }
                ?? .unusable(status: answer.status, why: "Bond's answer lacks what it must carry")
        }
        let wire = try? SnakeCaseJSON.plainDecoder.decode(BondErrorWire.self, from: json)
        let serverNow = answer.dateMilliseconds ?? now.milliseconds
        return .refusal(
            Refusal(
                api: .bond,
                status: body?.refusal ?? answer.status,
                type: wire?.type.map(redaction.apply),
                code: wire?.code.map(redaction.apply),
                message: wire?.message.map(redaction.apply) ?? "HTTP \(answer.status) without a readable body",
                retryAfter: answer.retryAfter?.wait(now: serverNow)
            )
        )
    }
}
