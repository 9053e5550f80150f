import Domain
import Ledger
import Pacing
import Pipeline
import Simulator
import Transport

/// The servers a command talks to and what opens them, once all settings have been read.
struct Deployment: Sendable {
    let environment: DeploymentEnvironment
    let credentials: Credentials
    /// Nothing where the simulator in this process is to be started.
    let endpoints: Endpoints?
    let transport: TransportSettings
    let bondRate: RateSchedule
    let keySource: LedgerKeys.Source
    /// How long to wait for another run to free the ledger.
    let waitLock: Duration

    init(_ options: ConnectionOptions, _ reader: SettingsReader) throws {
        environment = try Self.environment(options, reader)
        let plaid = reader.text(.plaidURL, flag: options.plaidURL)
        let bond = reader.text(.bondURL, flag: options.bondURL)
        let isInProcess = environment == .simulator && plaid == nil && bond == nil
        credentials = isInProcess ? Credentials(simulator: .standard) : try Credentials(reader)
        let flags: [Setting: String] = [.plaidURL: options.plaidURL, .bondURL: options.bondURL].compactMapValues(\.self)
        endpoints =
            isInProcess
            ? nil
            : try Endpoints(environment, plaid: plaid, bond: bond) { reader.name(of: $0, flag: flags[$0]) }
        transport = try Self.transport(options, reader, endpoints)
        waitLock =
            try reader.value(.waitLock, flag: options.waitLock, form: "a duration such as 10m", ValueForms.duration)
            ?? .zero
        bondRate = try Self.rate(.bondRate, options.bondRate, reader) ?? RateSchedule(.perMinute(600))
        keySource =
            try reader.optionalCredential(.ledgerKey).map { .ledgerKey($0) } ?? .plaidSecret(credentials.plaidSecret)
    }

    /// The environment that flag, variable or file names.
    static func environment(_ options: ConnectionOptions, _ reader: SettingsReader) throws -> DeploymentEnvironment {
        try environment(flag: options.env, reader)
    }

    /// The environment that flag, variable or file names.
    static func environment(flag: String?, _ reader: SettingsReader) throws -> DeploymentEnvironment {
        try reader.value(.env, flag: flag, form: "sandbox, production or simulator") {
            DeploymentEnvironment(rawValue: $0)
        } ?? .sandbox
    }

    /// A rate that flag, variable or file gives.
    static func rate(_ setting: Setting, _ flag: String?, _ reader: SettingsReader) throws -> RateSchedule? {
        try reader.value(
            setting,
            flag: flag,
            form: "a rate such as 400/min, unlimited, or rates by the time of day such as 08:00=100/min 22:00=400/min"
        ) { RateSchedule($0) }
    }

    /// Puts what the connection options say of a run into its settings.
    func complete(_ settings: inout RunSettings, _ options: ConnectionOptions, _ reader: SettingsReader) throws {
        settings.concurrency = transport.connections
        settings.callTimeout = transport.timeout
        settings.settle =
            try reader.value(.settle, flag: options.settle, form: "a duration such as 10s", ValueForms.duration)
            ?? environment.defaultSettle
        settings.trustList = try reader.isOn(.trustList, flag: options.trustList)
    }

    private static func transport(
        _ options: ConnectionOptions,
        _ reader: SettingsReader,
        _ endpoints: Endpoints?
    ) throws -> TransportSettings {
        let timeout = try reader.value(
            .timeout,
            flag: options.timeout,
            form: "a duration such as 30s"
        ) { text in
            ValueForms.duration(text).flatMap { $0 > .zero ? $0 : nil }
        }
        let concurrency = try reader.value(
            .concurrency,
            flag: options.concurrency,
            form: "a number from 1",
            ValueForms.count
        )
        return TransportSettings(
            // Where the simulator is in this process, it has the other end of each connection open, too.
            connections: try DescriptorLimit.connections(concurrency ?? 32, each: endpoints == nil ? 4 : 2),
            timeout: timeout ?? .seconds(30),
            proxy: try ProxySetting.proxy(reader, for: endpoints.map { [$0.plaid, $0.bond] } ?? []),
            authoritiesFile: reader.text(.caFile, flag: options.caFile)
        )
    }
}
