/// Addresses that settings give.
enum WebAddress {
    /// The address without slashes at its end.
    ///
    /// - Parameters:
    ///   - address: As it was set.
    ///   - setting: What set it.
    ///   - name: What that is called where the value comes from; nothing means flag and variable.
    ///   - mayHaveQuery: Whether it may have a part that begins with a question mark.
    ///   - mayBeTold: Whether a message may show it.
    /// - Returns: The address that calls begin with.
    /// - Throws: `CommandFailure` 78 where it is no address, or would send secrets over an open network.
    static func checked(
        _ address: String,
        _ setting: Setting,
        named name: String? = nil,
        mayHaveQuery: Bool = false,
        mayBeTold: Bool = true
    ) throws -> String {
        var address = address
        while address.hasSuffix("/") { address.removeLast() }
        let told = mayBeTold ? address : "(secret)"
        let parts = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        func bad(_ form: String) -> CommandFailure {
            let name = name ?? "--\(setting.rawValue) (or \(setting.environmentName))"
            return CommandFailure(.misconfigured, "\(name) is \"\(told)\", not \(form).")
        }
        guard parts.count == 3, parts[1].isEmpty, let host = host(parts[2], mayHaveQuery), !host.isEmpty else {
            throw bad("an address such as https://host")
        }
        guard parts[0] == "https:" || (parts[0] == "http:" && isLoopback(host)) else {
            throw bad("https (plain http is for loopback addresses only)")
        }
        return address
    }

    private static func host(_ rest: Substring, _ mayHaveQuery: Bool) -> Substring? {
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@"), mayHaveQuery || !rest.contains("?"), !rest.contains("#") else { return nil }
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
