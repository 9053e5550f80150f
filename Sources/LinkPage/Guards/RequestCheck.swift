import Crypto
import Domain
import FoundationEssentials

/// What a page must send along with whatever it asks for, so that no other page can ask in its place.
struct RequestCheck: Sendable {
    private let key: SymmetricKey

    init(key: Secret) {
        self.key = SymmetricKey(data: Data(key.exposed.utf8))
    }

    /// The check for one invitation's page.
    func value(for address: Secret) -> String {
        Hexadecimal.text(HMAC<SHA256>.authenticationCode(for: message(address), using: key))
    }

    /// Whether a check is the one for an invitation's page; takes as long where it is not.
    func isValid(_ told: String, for address: Secret) -> Bool {
        guard let code = Hexadecimal.bytes(told) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message(address), using: key)
    }

    private func message(_ address: Secret) -> Data {
        Data("request check\n\(address.exposed)".utf8)
    }
}

/// What stands for an invitation's address in the log; who has the address can work it out, and not the other way.
struct AddressMark: Sendable, CustomStringConvertible {
    let description: String

    init(of address: Secret) {
        let digest = SHA256.hash(data: Data(address.exposed.utf8))
        description = String(Hexadecimal.text(digest).prefix(8))
    }
}
