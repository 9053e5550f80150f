import Crypto
import FoundationEssentials

/// What is right or wrong with the signature of a webhook.
package enum WebhookSignature: String, Sendable, Codable {
    /// As Plaid signs.
    case valid
    /// There is none.
    case missing
    /// Made with a key that nobody can ask for, under the id of the one that everybody can.
    case forged
    /// Made ten minutes ago.
    case stale
    /// Made for another body.
    case otherBody = "other_body"
}

/// The key that webhooks are signed with, new with every start.
struct WebhookKey: Sendable {
    let id: String
    private let created: Date
    private let key = P256.Signing.PrivateKey()

    init(id: String, created: Date) {
        self.id = id
        self.created = created
    }

    /// The `Plaid-Verification` header of a body; nil where it is to be missing.
    func verification(of body: String, at now: Date, _ signature: WebhookSignature) throws -> String? {
        guard signature != .missing else { return nil }
        let signer = signature == .forged ? P256.Signing.PrivateKey() : key
        let issued = signature == .stale ? now.addingTimeInterval(-600) : now
        let digest = SHA256.hash(data: Data((signature == .otherBody ? body + " " : body).utf8))
        let header: JSON = ["alg": "ES256", "kid": .string(id), "typ": "JWT"]
        let claims: JSON = [
            "iat": .int(Int(issued.timeIntervalSince1970)),
            "request_body_sha256": .string(digest.map { WebhookKey.hex($0) }.joined()),
        ]
        let signed = WebhookKey.base64URL(Data(header.text.utf8)) + "." + WebhookKey.base64URL(Data(claims.text.utf8))
        return signed + "." + WebhookKey.base64URL(try signer.signature(for: Data(signed.utf8)).rawRepresentation)
    }

    /// The public half as a JSON Web Key.
    var json: JSON {
        let point = key.publicKey.rawRepresentation
        return [
            "alg": "ES256", "crv": "P-256", "kty": "EC", "use": "sig", "kid": .string(id),
            "created_at": .int(Int(created.timeIntervalSince1970)), "expired_at": nil,
            "x": .string(WebhookKey.base64URL(point.prefix(32))), "y": .string(WebhookKey.base64URL(point.suffix(32))),
        ]
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }

    private static func base64URL(_ data: Data) -> String {
        let text = data.base64EncodedString().filter { $0 != "=" }
        return String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }
}
