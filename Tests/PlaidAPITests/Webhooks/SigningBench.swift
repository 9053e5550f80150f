import Crypto
import Domain
import Foundation
import PlaidAPI
import Synchronization

/// A Plaid that signs webhooks and gives out keys, and a verifier that asks it.
struct SigningBench: Sendable {
    /// What changes while a test runs.
    private final class State: Sendable {
        let now = Mutex(Timestamp(milliseconds: 1_800_000_000_500))
        let asked = Mutex<[String]>([])
    }

    static let body = Array(#"{"webhook_code":"SESSION_FINISHED"}"#.utf8)
    /// When a webhook that is signed now says that it was.
    static let issued = 1_800_000_000

    let verifier: WebhookVerifier
    private let signer: P256.Signing.PrivateKey
    private let state: State

    /// Makes a bench whose Plaid knows the key `key-1` alone.
    ///
    /// - Parameters:
    ///   - isExpired: Whether it signs with it no more.
    ///   - gate: Is waited for before every answer.
    ///   - answer: What it answers in place of that; with nothing it answers so.
    init(
        isExpired: Bool = false,
        gate: @escaping @Sendable () async -> Void = {},
        answer: @escaping @Sendable (String) -> RemoteCall<WebhookKey>.Reply? = { _ in nil }
    ) {
        let (signer, state) = (P256.Signing.PrivateKey(), State())
        (self.signer, self.state) = (signer, state)
        let point = Array(signer.publicKey.rawRepresentation)
        let now: @Sendable () -> Timestamp = { state.now.withLock { $0 } }
        verifier = WebhookVerifier(now: now) { id in
            state.asked.withLock { $0.append(id) }
            await gate()
            let known = WebhookKey(id: id, point: point, isExpired: isExpired)
            let reply = answer(id) ?? (id == "key-1" ? .success(known) : Self.unknown)
            return RemoteCall(reply: reply, sentAt: now(), latency: .zero)
        }
    }

    private static let unknown = RemoteCall<WebhookKey>.Reply.refusal(
        Refusal(api: .plaid, status: 400, type: "INVALID_INPUT", code: "INVALID_WEBHOOK_VERIFICATION_KEY_ID")
    )

    /// The keys that Plaid was asked for.
    var asked: [String] { state.asked.withLock { $0 } }

    func advance(by duration: Duration) { state.now.withLock { $0 = $0 + duration } }

    /// What becomes of a header; nothing where it is believed.
    func rejection(of header: String?, _ body: [UInt8] = Self.body) async -> WebhookRejection? {
        await verifier.rejection(of: header, body)
    }

    /// A header as Plaid makes it, but for what is given.
    func header(
        alg: String = "ES256",
        kid: String = "key-1",
        more: String = "",
        iat: Int = Self.issued,
        digest: String? = nil,
        signer: P256.Signing.PrivateKey? = nil
    ) throws -> String {
        let hash = digest ?? SHA256.hash(data: Self.body).map { String(format: "%02x", $0) }.joined()
        let signed = Self.signed(
            #"{"alg":"\#(alg)","kid":"\#(kid)","typ":"JWT"\#(more)}"#,
            #"{"iat":\#(iat),"request_body_sha256":"\#(hash)"}"#
        )
        let signature = try (signer ?? self.signer).signature(for: Data(signed.utf8))
        return signed + "." + Self.base64URL(signature.rawRepresentation)
    }

    /// The first two parts of a token.
    static func signed(_ header: String, _ claims: String) -> String {
        base64URL(Data(header.utf8)) + "." + base64URL(Data(claims.utf8))
    }

    static func base64URL(_ bytes: some DataProtocol) -> String {
        let text = Data(bytes).base64EncodedString()
        return String(text.compactMap { $0 == "=" ? nil : $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }
}

extension WebhookVerifier {
    /// What becomes of a header; nothing where it is believed.
    func rejection(of header: String?, _ body: [UInt8]) async -> WebhookRejection? {
        do {
            try await check(body, verification: header)
            return nil
        } catch {
            return error
        }
    }
}
