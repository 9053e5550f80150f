import Transport

/// The proxy that `HTTPS_PROXY` names for calls over https, unless `NO_PROXY` takes a host out.
enum ProxySetting {
    /// The proxy for these addresses; loopback and hosts in `NO_PROXY` need none.
    ///
    /// - Throws: `CommandFailure` 78 where the proxy's address cannot be read.
    static func proxy(_ reader: SettingsReader, for addresses: [String]) throws -> TransportSettings.Proxy? {
        guard let value = reader.variable("https", "proxy") else { return nil }
        let exempt = (reader.variable("no", "proxy") ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        let hosts = addresses.filter { $0.hasPrefix("https://") }.map(host)
        guard hosts.contains(where: { host in !exempt.contains { matches(host, $0) } }) else { return nil }
        let rest = value.split(separator: "/", omittingEmptySubsequences: true).first { !$0.hasSuffix(":") } ?? ""
        let parts = rest.split(separator: ":")
        guard let name = parts.first, parts.count <= 2, let port = parts.count == 2 ? Int(parts[1]) : 80 else {
            throw CommandFailure(.misconfigured, "HTTPS_PROXY is not an address such as http://proxy:3128.")
        }
        return TransportSettings.Proxy(host: String(name), port: port)
    }

    private static func host(_ address: String) -> String {
        String(address.dropFirst("https://".count).prefix { $0 != "/" && $0 != ":" })
    }

    private static func matches(_ host: String, _ pattern: String) -> Bool {
        let suffix = pattern.hasPrefix(".") ? pattern : "." + pattern
        return pattern == "*" || host == pattern || host.hasSuffix(suffix)
    }
}
