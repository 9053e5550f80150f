import Domain

/// The two addresses a command talks to.
struct Endpoints: Sendable, Equatable {
    let plaid: String
    let bond: String

    /// Takes the environment's addresses, or those that settings put in their place.
    ///
    /// - Throws: `CommandFailure` 78 where one is no address, or would send secrets over an open network.
    init(_ environment: DeploymentEnvironment, plaid: String?, bond: String?) throws {
        self.plaid = try Self.checked(plaid ?? Self.plaid(environment), .plaidURL)
        self.bond = try Self.checked(bond ?? Self.bond(environment), .bondURL)
    }

    private static func plaid(_ environment: DeploymentEnvironment) -> String {
        environment == .production ? "https://production.plaid.com" : "https://sandbox.plaid.com"
    }

    private static func bond(_ environment: DeploymentEnvironment) -> String {
        environment == .production ? "https://api.bond.tech" : "https://sandbox.bond.tech"
    }

    private static func checked(_ address: String, _ setting: Setting) throws -> String {
        var address = address
        while address.hasSuffix("/") { address.removeLast() }
        let parts = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].isEmpty, let host = host(parts[2]), !host.isEmpty else {
            throw SettingsReader.bad(setting, address, "an address such as https://host")
        }
        guard parts[0] == "https:" || (parts[0] == "http:" && isLoopback(host)) else {
            throw SettingsReader.bad(setting, address, "https (plain http is for loopback addresses only)")
        }
        return address
    }

    private static func host(_ rest: Substring) -> Substring? {
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@"), !rest.contains("?"), !rest.contains("#") else { return nil }
        if authority.hasPrefix("[") { return authority.prefix { $0 != "]" }.dropFirst() }
        return authority.prefix { $0 != ":" }
    }

    private static func isLoopback(_ host: Substring) -> Bool {
        let isIPv4 =
            host.hasPrefix("127.") && host.split(separator: ".").count == 4
            && host.allSatisfy { $0.isNumber || $0 == "." }
        return host == "localhost" || host == "::1" || isIPv4
    }
}
