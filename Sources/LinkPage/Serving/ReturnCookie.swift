import Domain
import Hummingbird

/// Remembers in the customer's browser which invitation a bank's own page leads back to.
struct ReturnCookie: Sendable {
    let isPrivate: Bool

    /// Browsers take the first form only where it is private, for all paths and for this host alone.
    private var name: String { isPrivate ? "__Host-relink-return" : "relink-return" }

    /// The invitation that was opened last in this browser; nothing where there is none.
    func address(in request: Request) -> Secret? {
        request.cookies[name].flatMap { InvitationAddress.parse($0.value) }
    }

    /// Has the browser remember an invitation for as long as a link token lives.
    func set(_ address: Secret, on response: inout Response) {
        let value = "\(name)=\(address.exposed); Max-Age=14400; Path=/; HttpOnly; SameSite=Lax"
        response.headers[.setCookie] = isPrivate ? value + "; Secure" : value
    }
}

/// The unguessable part of a page's address, as far as its form goes.
enum InvitationAddress {
    /// Reads one; nil where it is empty, too long, or not made of what stands in addresses as it is.
    static func parse(_ text: some StringProtocol) -> Secret? {
        guard (1...128).contains(text.utf8.count) else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isPlain ? Secret(String(text)) : nil
    }
}
