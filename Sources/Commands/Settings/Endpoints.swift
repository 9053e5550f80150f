import Domain

/// The two addresses a command talks to.
struct Endpoints: Sendable, Equatable {
    let plaid: String
    let bond: String

    /// Takes the environment's addresses, or those that settings put in their place.
    ///
    /// - Throws: `CommandFailure` 78 where one is no address, or would send secrets over an open network.
    init(
        _ environment: DeploymentEnvironment,
        plaid: String?,
        bond: String?,
        named name: (Setting) -> String? = { _ in nil }
    ) throws {
        self.plaid = try WebAddress.checked(plaid ?? Self.plaid(environment), .plaidURL, named: name(.plaidURL))
        self.bond = try WebAddress.checked(bond ?? Self.bond(environment), .bondURL, named: name(.bondURL))
    }

    private static func plaid(_ environment: DeploymentEnvironment) -> String {
        environment == .production ? "https://production.plaid.com" : "https://sandbox.plaid.com"
    }

    private static func bond(_ environment: DeploymentEnvironment) -> String {
        environment == .production ? "https://api.bond.tech" : "https://sandbox.bond.tech"
    }
}
