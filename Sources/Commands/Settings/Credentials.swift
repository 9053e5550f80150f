import Domain
import Simulator

/// The secrets that open the two APIs.
struct Credentials: Sendable {
    let plaidClientID: Secret
    let plaidSecret: Secret
    let bondIdentity: Secret
    let bondAuthorization: Secret

    /// Reads them from the environment and the files it names.
    ///
    /// - Throws: `CommandFailure` 78 naming the first that is missing.
    init(_ reader: SettingsReader) throws {
        plaidClientID = try reader.credential(.plaidClientID)
        plaidSecret = try reader.credential(.plaidSecret)
        bondIdentity = try reader.credential(.bondIdentity)
        bondAuthorization = try reader.credential(.bondAuthorization)
    }

    /// Those the simulator takes.
    init(simulator: SimulatorConfiguration.Credentials) {
        plaidClientID = Secret(simulator.plaidClientID)
        plaidSecret = Secret(simulator.plaidSecret)
        bondIdentity = Secret(simulator.bondIdentity)
        bondAuthorization = Secret(simulator.bondAuthorization)
    }

    /// What the credentials of each API are recognised by.
    var byAPI: [Domain.API: Secret] {
        [
            .plaid: Secret(plaidClientID.exposed + "\u{0}" + plaidSecret.exposed),
            .bond: Secret(bondIdentity.exposed + "\u{0}" + bondAuthorization.exposed),
        ]
    }
}
