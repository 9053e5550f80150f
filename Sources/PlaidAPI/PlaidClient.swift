package import Domain
import FoundationEssentials
package import Transport

/// Speaks to Plaid: JSON POSTs with credentials by header.
package struct PlaidClient: PlaidCalls {
    private let transport: any HTTPSender
    private let baseURL: String
    private let clientID: String
    private let secret: Secret
    private let now: @Sendable () -> Timestamp

    /// Makes a client for `baseURL`: scheme, host and maybe a path prefix, without a slash at the end.
    package init(
        transport: any HTTPSender,
        baseURL: String,
        clientID: String,
        secret: Secret,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.transport = transport
        self.baseURL = baseURL
        self.clientID = clientID
        self.secret = secret
        self.now = now
    }

    package func createProcessorToken(accessToken: Secret, accountID: String) async -> RemoteCall<Secret> {
        await call(
            "/processor/token/create",
            ProcessorTokenWire.Request(accessToken: accessToken.exposed, accountId: accountID, processor: "bond"),
            redaction([accessToken.exposed]),
            encoder: SnakeCaseJSON.plainEncoder,
            decode: Self.token
        )
    }

    /// Makes a call and reads its answer.
    ///
    /// - Parameters:
    ///   - path: The endpoint.
    ///   - request: Its body.
    ///   - redaction: What no message may repeat.
    ///   - encoder: Writes the body.
    ///   - decode: Finds the value in a 200's body.
    /// - Returns: What the call came to.
    func call<Value>(
        _ path: String,
        _ request: some Encodable,
        _ redaction: Redaction,
        encoder: JSONEncoder = SnakeCaseJSON.encoder,
        decode: (Data) -> (value: Value, requestID: String?)?
    ) async -> RemoteCall<Value> {
        let sentAt = now()
        let outcome = await post(path, request, encoder)
        let endedAt = now()
        let reading = PlaidAnswer(outcome, redaction: redaction, now: endedAt, decode: decode)
        return RemoteCall(
            reply: reading.reply,
            sentAt: sentAt,
            latency: max(.zero, endedAt.since(sentAt)),
            status: reading.status,
            requestID: reading.requestID
        )
    }

    /// Takes secrets, and the client's own, out of what Plaid says.
    func redaction(_ secrets: [String]) -> Redaction {
        Redaction(secrets: secrets + [secret.exposed])
    }

    /// The token in a 200's body; an empty one is none.
    private static func token(_ body: Data) -> (value: Secret, requestID: String?)? {
        guard let response = try? SnakeCaseJSON.plainDecoder.decode(ProcessorTokenWire.Response.self, from: body),
            !response.processorToken.isEmpty
        else { return nil }
        return (Secret(response.processorToken), response.requestId)
    }

    private func post(_ path: String, _ request: some Encodable, _ encoder: JSONEncoder) async -> HTTPOutcome {
        guard let body = try? encoder.encode(request) else {
            return .neverSent(why: "the request cannot be written as JSON")
        }
        return await transport.perform(
            HTTPCall(method: .post, url: baseURL + path, headers: headers, body: Array(body))
        )
    }

    private var headers: [(name: String, value: String)] {
        [
            ("Content-Type", "application/json"), ("Accept", "application/json"), ("Plaid-Version", "2020-09-14"),
            ("PLAID-CLIENT-ID", clientID), ("PLAID-SECRET", secret.exposed), ("User-Agent", "relink"),
        ]
    }
}
