import Crypto
package import Domain
import FoundationEssentials

/// What a ledger hashes and seals with: its salt, and a secret that is never in it.
package struct LedgerKeys: Sendable {
    /// The secret that seals processor tokens.
    package enum Source: Sendable {
        /// `RELINK_LEDGER_KEY`.
        case ledgerKey(Secret)
        /// The Plaid secret, in the absence of a key of its own.
        case plaidSecret(Secret)
    }

    private let salt: SymmetricKey
    /// A hash that has taken in the salt and nothing else yet: a third of the work of a short text's.
    let salted: HMAC<SHA256>
    private let sealing: SymmetricKey?

    /// Derives the keys; without a `source` tokens can be neither sealed nor opened.
    package init(salt: [UInt8], source: Source?) {
        self.salt = SymmetricKey(data: salt)
        salted = HMAC(key: self.salt)
        sealing = source.map { source in
            let (material, purpose) =
                switch source {
                case .ledgerKey(let secret): (secret, "relink ledger key")
                case .plaidSecret(let secret): (secret, "relink plaid secret")
                }
            return HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: Data(material.exposed.utf8)),
                salt: Data(salt),
                info: Data(purpose.utf8),
                outputByteCount: 32
            )
        }
    }

    /// 32 random bytes for a new ledger.
    package static func makeSalt() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    /// The keyed hash of an access token.
    package func fingerprint(of token: Secret) -> Fingerprint {
        Fingerprint(bytes: hash("access token", token.exposed))
    }

    /// The keyed hash of a public token.
    func fingerprint(ofPublic token: Secret) -> Fingerprint {
        Fingerprint(bytes: hash("public token", token.exposed))
    }

    /// The keyed hash of something else that is to be recognised and not kept, such as a client id.
    package func hash(_ purpose: String, _ text: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data((purpose + "\u{0}" + text).utf8), using: salt)).prefix(16) + []
    }

    /// Seals a processor token for one row; no other row can open it.
    func seal(_ token: Secret, for identity: Identity) throws -> [UInt8] {
        guard let sealing else { throw CryptoKitError.incorrectKeySize }
        let box = try AES.GCM.seal(Data(token.exposed.utf8), using: sealing, authenticating: Self.context(identity))
        return box.combined.map { Array($0) } ?? []
    }

    /// Opens a sealed token, or gives nothing where the key or the row is another.
    func open(_ sealed: [UInt8], for identity: Identity) -> Secret? {
        guard let sealing, let box = try? AES.GCM.SealedBox(combined: Data(sealed)),
            let bytes = try? AES.GCM.open(box, using: sealing, authenticating: Self.context(identity))
        else { return nil }
        return Secret(String(decoding: bytes, as: UTF8.self))
    }

    private static func context(_ identity: Identity) -> Data {
        Data("\(identity.owner.kind.rawValue)\u{0}\(identity.owner.key)\u{0}\(identity.accountID)".utf8)
    }
}
