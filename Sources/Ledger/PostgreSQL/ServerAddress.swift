import Domain

/// The URL of a database on a PostgreSQL server, `postgresql://user@host:port/database?options`.
package struct ServerAddress: Sendable, Equatable {
    /// The URL without its password: what is shown, recorded and compared.
    package let name: String
    /// The whole URL, as libpq reads it.
    let url: Secret

    /// Whether a text is meant as the URL of a database.
    package static func isURL(_ text: String) -> Bool {
        schemes.contains { text.lowercased().hasPrefix($0) }
    }

    /// Where a URL begins in a word such as `--ledger=postgresql://...`.
    static func start(in word: String) -> String.Index? {
        if isURL(word) { return word.startIndex }
        let value = word.firstIndex(of: "=").map { word.index(after: $0) }
        return value.flatMap { isURL(String(word[$0...])) ? $0 : nil }
    }

    /// Reads a URL.
    ///
    /// - Throws: `LedgerError.badAddress`, which shows nothing of a URL whose password cannot be told from the rest.
    init(_ text: String) throws {
        let scheme = Self.schemes.first { text.lowercased().hasPrefix($0) } ?? ""
        let rest = text.dropFirst(scheme.count)
        let query = rest.firstIndex(of: "?").map { rest[$0...] } ?? ""
        let head = rest.dropLast(query.count)
        let parts = head.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.dropLast().allSatisfy({ !$0.contains("/") }), !text.contains("#"),
            Self.hasGoodPorts(parts[parts.count - 1])
        else { throw LedgerError.badAddress }
        let user = parts.count == 2 ? parts[0].prefix { $0 != ":" } + "@" : ""
        name = "postgresql://" + user + parts[parts.count - 1] + Self.withoutSecrets(query)
        url = Secret("postgresql://" + rest)
    }

    private static let schemes = ["postgresql://", "postgres://"]

    /// What stands where a port should is the half of a password that has a slash in it, or of an IPv6 address.
    private static func hasGoodPorts(_ hosts: Substring) -> Bool {
        hosts.prefix { $0 != "/" }.split(separator: ",").allSatisfy { host in
            let port = host.hasPrefix("[") ? host.drop { $0 != "]" }.dropFirst() : host.drop { $0 != ":" }
            return port.isEmpty || port.hasPrefix(":") && port.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
        }
    }

    private static func withoutSecrets(_ query: Substring) -> String {
        let kept = query.dropFirst().split(separator: "&").filter { option in
            // A name may be written with percent signs, too.
            !option.prefix { $0 != "=" }.contains { $0 == "%" } && !option.lowercased().hasPrefix("password=")
                && !option.lowercased().hasPrefix("sslpassword=")
        }
        return kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.url.exposed == right.url.exposed
    }
}
