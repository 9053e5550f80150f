import Crypto
package import Domain
import FoundationEssentials

/// Checks webhooks as Plaid has them checked: by a token over the body's hash, signed with a key that Plaid gives out.
package struct WebhookVerifier: WebhookCheck {
    /// How long a signature holds, in seconds.
    private static let life = 300.0
    /// How far Plaid's clock may be ahead of ours, in seconds.
    private static let leeway = 60.0

    private let keys: WebhookKeyRing
    private let now: @Sendable () -> Timestamp

    /// Prepares a verifier that knows no keys yet.
    ///
    /// - Parameters:
    ///   - now: Tells the time.
    ///   - ask: Asks Plaid for a key; called once a second at most.
    package init(
        now: @escaping @Sendable () -> Timestamp,
        ask: @escaping @Sendable (String) async -> RemoteCall<WebhookKey>
    ) {
        self.now = now
        keys = WebhookKeyRing(now: now, ask: ask)
    }

    /// Prepares a verifier that knows no keys yet.
    ///
    /// - Parameters:
    ///   - plaid: Gives the keys.
    ///   - now: Tells the time.
    package init(plaid: PlaidClient, now: @escaping @Sendable () -> Timestamp) {
        self.init(now: now) { id in await plaid.getWebhookKey(id: id) }
    }

    /// Checks that Plaid signed a webhook's body, and not long ago.
    ///
    /// - Parameters:
    ///   - body: The body, to the byte.
    ///   - verification: The `Plaid-Verification` header; nothing where it is missing.
    /// - Throws: Why the webhook is not believed.
    package func check(_ body: [UInt8], verification: String?) async throws(WebhookRejection) {
        guard let verification else { throw .unsigned }
        let token = try WebhookToken(verification)
        let age = Double(now().milliseconds) / 1_000 - token.issued
        guard age <= Self.life else { throw .stale }
        guard age >= -Self.leeway else { throw .fromTheFuture }
        // Takes as long wherever the two differ; what is wrong here costs no question to Plaid.
        guard SHA256.hash(data: body) == Data(token.digest) else { throw .otherBody }
        guard Self.isSigned(token, with: try await keys.key(token.keyID)) else { throw .forged }
    }

    private static func isSigned(_ token: WebhookToken, with key: WebhookKey) -> Bool {
        guard let key = try? P256.Signing.PublicKey(rawRepresentation: key.point),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: token.signature)
        else { return false }
        return key.isValidSignature(signature, for: token.signed)
    }
}
