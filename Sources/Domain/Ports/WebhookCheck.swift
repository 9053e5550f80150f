/// Tells a webhook that Plaid sent from one that anybody could have sent.
package protocol WebhookCheck: Sendable {
    /// Checks that Plaid signed a webhook's body, and not long ago.
    ///
    /// - Parameters:
    ///   - body: The body, to the byte.
    ///   - verification: The `Plaid-Verification` header; nothing where it is missing.
    /// - Throws: Why the webhook is not believed.
    func check(_ body: [UInt8], verification: String?) async throws(WebhookRejection)
}

/// Why a webhook is not believed.
package enum WebhookRejection: String, Error, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// There is no signature.
    case unsigned
    /// The signature cannot be read.
    case malformed
    /// It is signed by another algorithm than Plaid's.
    case wrongAlgorithm = "wrong_algorithm"
    /// It was signed too long ago.
    case stale
    /// It says that it was signed later than now.
    case fromTheFuture = "from_the_future"
    /// It was signed for another body.
    case otherBody = "other_body"
    /// Plaid does not know the key.
    case unknownKey = "unknown_key"
    /// Plaid does not use the key any more.
    case expiredKey = "expired_key"
    /// The key could not be had from Plaid for now.
    case noKey = "no_key"
    /// It was signed with another key than the one it names.
    case forged

    /// One sentence without anything of the webhook's own.
    package var description: String {
        switch self {
        case .unsigned: "The webhook has no Plaid-Verification header."
        case .malformed: "The webhook's Plaid-Verification header cannot be read."
        case .wrongAlgorithm: "The webhook is not signed by ES256."
        case .stale: "The webhook was signed more than five minutes ago, or this machine's clock is fast."
        case .fromTheFuture: "The webhook was signed later than now, or this machine's clock is slow."
        case .otherBody: "The webhook was signed for another body."
        case .unknownKey: "The webhook names a key that Plaid does not know."
        case .expiredKey: "The webhook names a key that Plaid does not use any more."
        case .noKey: "The key that the webhook names could not be had from Plaid for now."
        case .forged: "The webhook was not signed with the key that it names."
        }
    }
}
