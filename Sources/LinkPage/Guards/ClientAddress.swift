import Hummingbird
import NIOCore

/// Whom tries are counted for: an IPv4 address, or the half of an IPv6 address that one subscriber has.
enum ClientAddress {
    private static let forwardedFor = HTTPFields.Element.Name("X-Forwarded-For")

    static func key(of request: Request, from remote: SocketAddress?, trustsProxy: Bool) -> String {
        if trustsProxy, let told = forwardedFor.flatMap({ request.headers[$0] }),
            // Only the last one is the proxy's own word; customers can send the ones before it.
            let last = told.split(separator: ",").last,
            let key = key(of: last.trimmed)
        {
            return key
        }
        return remote?.ipAddress.flatMap { key(of: $0) } ?? "unknown"
    }

    /// The key for an address as text; nil where it is none.
    static func key(of text: String) -> String? {
        guard let address = try? SocketAddress(ipAddress: text, port: 0), let told = address.ipAddress else {
            return nil
        }
        guard case .v6 = address else { return told }
        let mapped = "::ffff:"
        if told.hasPrefix(mapped), told.contains(".") { return String(told.dropFirst(mapped.count)) }
        return subscriber(told)
    }

    /// The first half of an IPv6 address in its usual short form.
    private static func subscriber(_ address: String) -> String {
        let bare = address.prefix { $0 != "%" }
        guard let gap = bare.firstRange(of: "::") else {
            return bare.split(separator: ":").prefix(4).joined(separator: ":")
        }
        let (head, tail) = (
            bare[..<gap.lowerBound].split(separator: ":"), bare[gap.upperBound...].split(separator: ":")
        )
        let zeros = Array(repeating: Substring("0"), count: max(0, 8 - head.count - tail.count))
        return (head + zeros + tail).prefix(4).joined(separator: ":")
    }
}

extension Substring {
    /// Without blanks around it.
    fileprivate var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
