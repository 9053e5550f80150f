/// An http or https address, cut into what requests are compared with and what paths begin with.
struct PublicAddress: Sendable, Equatable {
    /// Scheme, host and port, as browsers write them.
    let origin: String
    /// The path without a slash at its end; empty where there is none.
    let prefix: String
    let isPrivate: Bool

    /// Reads an address; nil where it is none, or has a query, a fragment or a user.
    init?(_ text: String) {
        let schemes = [("https://", true), ("http://", false)]
        let lowered = text.lowercased()
        guard let (scheme, isPrivate) = schemes.first(where: { lowered.hasPrefix($0.0) }) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" }.lowercased()
        let path = rest.dropFirst(host.count)
        guard !host.isEmpty, text.utf8.allSatisfy(PublicAddress.isPlain) else { return nil }
        let port = isPrivate ? ":443" : ":80"
        origin = scheme + (host.hasSuffix(port) ? String(host.dropLast(port.count)) : host)
        prefix = path.hasSuffix("/") ? String(path.dropLast()) : String(path)
        self.isPrivate = isPrivate
    }

    /// Whether a byte can stand in an address, a policy and an attribute without being anything else there.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~:/[]%".utf8.contains(byte)
        }
    }
}
