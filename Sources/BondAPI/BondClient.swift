package import Domain
import FoundationEssentials
package import Transport

/// Speaks to Bond: two secret headers, v0.1 for linking and v0 for listing.
package struct BondClient: BondCalls {
    private let transport: any HTTPSender
    let baseURL: String
    let identity: Secret
    private let authorization: Secret
    private let now: @Sendable () -> Timestamp

    /// Makes a client for `baseURL`: scheme, host and maybe a path prefix, without `/api/…` and a slash at the end.
    package init(
        transport: any HTTPSender,
        baseURL: String,
        identity: Secret,
        authorization: Secret,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.transport = transport
        self.baseURL = baseURL
        self.identity = identity
        self.authorization = authorization
        self.now = now
    }

    package func linkAccount(
        processorToken: Secret,
        owner: Owner,
        idempotencyKey: String?
    ) async -> RemoteCall<BondAccount> {
        let request = LinkWire.Request(
            processorToken: processorToken.exposed,
            customerId: owner.kind == .customer ? owner.id : nil,
            businessId: owner.kind == .business ? owner.id : nil
        )
        let key = idempotencyKey.map { [(name: "Idempotency-Key", value: $0)] } ?? []
        let call = HTTPCall(
            method: .post,
            url: baseURL + "/api/v0.1/accounts/processor_tokens",
            headers: headers + [("Content-Type", "application/json")] + key,
            body: Self.json(request)
        )
        return await perform(call, secrets: [processorToken]) { (wire: BondAccountWire?) in
            wire?.account(of: owner)
        }
    }

    package func listAccounts(of owner: Owner) async -> RemoteCall<[BondAccount]> {
        let path = "/api/v0/accounts/\(PathSegment.escaped(owner.id))/external_accounts?list_full_account=false"
        let call = HTTPCall(method: .get, url: baseURL + path, headers: headers)
        return await perform(call, secrets: []) { (wire: AccountListWire?) in wire?.accounts }
    }

    /// Makes a call; `value` finds what was asked for in a success's body, which is nothing where it is no `Wire`.
    func perform<Wire: Decodable, Value>(
        _ call: HTTPCall,
        secrets: [Secret],
        value: (Wire?) -> Value?
    ) async -> RemoteCall<Value> {
        let redaction = Redaction(secrets: (secrets + [identity, authorization]).map(\.exposed))
        let sentAt = now()
        let outcome = await transport.perform(call)
        let endedAt = now()
        let answer = BondAnswer(outcome, redaction: redaction, now: endedAt, value: value)
        return RemoteCall(
            reply: answer.reply,
            sentAt: sentAt,
            latency: max(.zero, endedAt.since(sentAt)),
            status: answer.status,
            clockOffset: answer.clockOffset(sentAt: sentAt, endedAt: endedAt)
        )
    }

    var headers: [(name: String, value: String)] {
        [
            ("Identity", identity.exposed), ("Authorization", authorization.exposed), ("Accept", "application/json"),
            ("User-Agent", "relink"),
        ]
    }

    private static func json(_ request: some Encodable) -> [UInt8] {
        // A structure of optional texts has no value that JSON cannot hold.
        (try? SnakeCaseJSON.plainEncoder.encode(request)).map { Array($0) } ?? []
    }
}
