import Domain
import Pacing
import Pipeline

extension Wiring {
    /// What a command works with that takes part in no run.
    ///
    /// - Parameters:
    ///   - connection: Which servers.
    ///   - reader: The settings.
    ///   - environment: The ledger's, which knows whose it is, where no other is asked for.
    ///   - verbosity: How much is said.
    ///   - plaidRate: Plaid calls at most, for a command that makes some.
    ///   - keepsRates: Whether its calls are under the same limits as a run's.
    /// - Throws: `CommandFailure` where a setting cannot be used.
    init(
        asking connection: ConnectionOptions,
        _ reader: SettingsReader,
        environment: String?,
        _ verbosity: VerbosityOptions,
        plaidRate: RateSchedule = RateSchedule(.unlimited),
        keepsRates: Bool = true
    ) throws {
        var connection = connection
        if reader.text(.env, flag: connection.env) == nil { connection.env = environment }
        let deployment = try Deployment(connection, reader)
        var settings = RunSettings()
        try deployment.complete(&settings, connection, reader)
        settings.keepsRates = keepsRates
        self.init(
            deployment: deployment,
            settings: settings,
            plaidRate: plaidRate,
            logger: verbosity.logger()
        )
    }
}
