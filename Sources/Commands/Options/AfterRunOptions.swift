import ArgumentParser

/// Who is told how a run ended: hooks, and an address that raises the alarm when it hears nothing.
struct AfterRunOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Run this with /bin/sh after a run that succeeded.", valueName: "command"))
    var onSuccess: String?

    @Option(help: ArgumentHelp("Run this with /bin/sh after a run that did not.", valueName: "command"))
    var onFailure: String?

    @Option(help: "How long such a command may take. Default: 60s.")
    var hookTimeout: String?

    @Option(help: ArgumentHelp("Get this address after a run that succeeded: a dead man's switch.", valueName: "url"))
    var heartbeat: String?

    @Option(help: "plain, or healthchecks: get URL/start and URL/fail as well. Default: plain.")
    var heartbeatStyle: String?

    @Option(help: "The exit codes that count as success, parted by commas. Default: 0,1,3: the run came to its end.")
    var successCodes: String?

    /// What is to be done after the run.
    ///
    /// - Throws: `CommandFailure` 64 or 78 where a setting cannot be used.
    func plan(_ configuration: ConfigurationOptions, _ ledger: LedgerOptions, caFile: String?) async throws -> AfterRun
    {
        let reader = try await configuration.reader()
        let codes = try reader.value(
            .successCodes,
            flag: successCodes,
            form: "exit codes such as 0,1,3",
            ValueForms.exitCodes
        )
        return AfterRun(
            successCodes: codes ?? AfterRun.usualSuccessCodes,
            onSuccess: reader.text(.onSuccess, flag: onSuccess),
            onFailure: reader.text(.onFailure, flag: onFailure),
            hookTimeout: try reader.value(
                .hookTimeout,
                flag: hookTimeout,
                form: "a duration such as 60s",
                ValueForms.duration
            ) ?? .seconds(60),
            heartbeat: try beat(reader, caFile: caFile),
            ledger: try ledger.place(reader)
        )
    }

    private func beat(_ reader: SettingsReader, caFile: String?) throws -> Heartbeat? {
        let style = try reader.value(.heartbeatStyle, flag: heartbeatStyle, form: "plain or healthchecks") {
            Heartbeat.Style(rawValue: $0)
        }
        guard let address = reader.text(.heartbeat, flag: heartbeat) else { return nil }
        let checked = try WebAddress.checked(
            address,
            .heartbeat,
            named: reader.name(of: .heartbeat, flag: heartbeat),
            mayHaveQuery: true,
            mayBeTold: false
        )
        return Heartbeat(
            address: checked,
            style: style ?? .plain,
            proxy: try ProxySetting.proxy(reader, for: [checked]),
            authoritiesFile: reader.text(.caFile, flag: caFile)
        )
    }
}
