import ArgumentParser
import Domain
import Ledger
import Pacing
import Pipeline

/// `relink items check`: whether connections still work.
struct ItemsCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Ask Plaid whether the connections behind linked rows still work, as every night.",
        discussion: """
            Takes relink run's input, and the access tokens that only the ledger has. Rows that are linked, or wait for \
            their user, are looked at; each connection is asked about once. Nothing is posted, and a linked row stays linked: what is found stands in relink report \
            --unhealthy and relink status, and relink link create --from-ledger unhealthy invites those customers. What \
            works again is tried by the next relink run. Where an account is gone from its connection, one that seems \
            to be the same under a new id is proposed, for a person to decide.
            Exit codes: 0 all that were asked about work, 1 some could not be asked about or are invalid, 3 some need \
            their user, 64 usage, 65 unusable input, 66 no such input or ledger, 74 cannot write, 75 try again later, 77 \
            credentials refused, 78 misconfigured, 130 and 143 interrupted.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(help: "Only connections that were last checked so long ago. Default: 12h.")
    var olderThan: String?

    @Option(help: "A consent that ends within this time needs its user. Default: 14d.")
    var consentWithin: String?

    @Option(help: "Plaid calls at most, as N/s, N/min, N/h or unlimited. Default: 4000/min.")
    var itemRate: String?

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

    @Flag(help: "Print one summary document (JSON) on standard output.")
    var json = false

    func run() async throws {
        let code = try await CommandFailure.translating { try await perform() }
        if code != 0 { throw CommandFailure(exitCode: code) }
    }

    private func perform() async throws -> Int32 {
        let reader = try await configuration.reader()
        let path = try ledger.place(reader)
        let known = try LedgerReader(path)
        let rate = try Deployment.rate(.itemRate, itemRate, reader) ?? RateSchedule(.perMinute(4_000))
        let wiring = try Wiring(
            asking: connection,
            reader,
            environment: known.environment(),
            verbosity,
            plaidRate: rate,
            keepsRates: false
        )
        let session = ItemSession(
            wiring: wiring,
            path: path,
            invocation: Invocation(arguments: Surroundings.arguments),
            olderThan: try span(.olderThan, olderThan, reader) ?? .seconds(12 * 3_600),
            consentWithin: try span(.consentWithin, consentWithin, reader) ?? .seconds(14 * 86_400),
            isQuiet: verbosity.quiet,
            isJSON: json
        )
        return try await session.perform(
            try await input.open(reader, environment: wiring.deployment.environment)
        )
    }

    private func span(_ setting: Setting, _ flag: String?, _ reader: SettingsReader) throws -> Duration? {
        try reader.value(setting, flag: flag, form: "a duration such as 12h", ValueForms.duration)
    }
}
