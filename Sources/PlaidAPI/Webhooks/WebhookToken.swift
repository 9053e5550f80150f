import Domain
import FoundationEssentials
import Transport

/// A `Plaid-Verification` header, read and not yet believed.
struct WebhookToken: Sendable {
    private struct Header: Decodable {
        let alg: String
        let kid: String?
        /// What a reader must know to understand the token; Plaid's have none.
        let crit: [String]?
    }

    private struct Claims: Decodable {
        let iat: Double
        let requestBodySha256: String
    }

    /// More than any of Plaid's has.
    private static let mostBytes = 4_096

    let keyID: String
    /// Seconds since 1970.
    let issued: Double
    /// The SHA-256 of the body.
    let digest: [UInt8]
    /// What is signed: the first two parts with the full stop between them.
    let signed: [UInt8]
    /// The signature's two numbers, 32 bytes each.
    let signature: [UInt8]

    init(_ text: String) throws(WebhookRejection) {
        guard text.utf8.count <= Self.mostBytes else { throw .malformed }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.read(Header.self, parts[0]) else { throw .malformed }
        // Before anything else: whatever is signed in another way, or not at all, is not Plaid's.
        guard header.alg == "ES256" else { throw .wrongAlgorithm }
        guard header.crit == nil, let kid = header.kid, (1...128).contains(kid.utf8.count),
            let claims = Self.read(Claims.self, parts[1]), let digest = Self.digest(claims.requestBodySha256),
            let signature = Base64URL.bytes(parts[2]), signature.count == 64
        else { throw .malformed }
        keyID = kid
        issued = claims.iat
        self.digest = digest
        signed = Array("\(parts[0]).\(parts[1])".utf8)
        self.signature = signature
    }

    private static func read<Value: Decodable>(_ type: Value.Type, _ part: Substring) -> Value? {
        Base64URL.bytes(part).flatMap { try? SnakeCaseJSON.decoder.decode(type, from: Data($0)) }
    }

    /// The bytes of a SHA-256 in small hexadecimal digits; nil where it is none.
    private static func digest(_ text: String) -> [UInt8]? {
        let values = text.utf8.compactMap { byte in
            Array("0123456789abcdef".utf8).firstIndex(of: byte).map { UInt8($0) }
        }
        guard values.count == 64, text.utf8.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
