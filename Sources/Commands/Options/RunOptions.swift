import ArgumentParser
import Pipeline

/// What a run goes by besides its input, ledger and servers.
struct RunOptions: ParsableArguments {
    @Option(help: "Stop starting rows after this time.")
    var maxDuration: String?

    @Option(help: "Stop when this share of the last 200 outcomes is rejected, in doubt or retryable, as 5%.")
    var haltOn: String?

    @Option(
        help: "With a ledger on a server: how long a worker without a sign of life keeps its rows. Default: 15s."
    )
    var lease: String?

    @Option(help: "How old a kept processor token may be. Default: any age.")
    var processorTokenAge: String?

    @Option(help: "Carry out this plan: refuse where the input or the ledger has changed since it was made.")
    var plan: String?

    @Option(help: "Write the run's figures to this file as OpenMetrics text.")
    var metricsFile: String?

    @Flag(help: "Send an Idempotency-Key to Bond, which documents it for other calls only.")
    var bondIdempotencyKey = false

    @Flag(help: "In production: make the ledger where there is none.")
    var newLedger = false

    @Flag(help: "Do not ask before a run in production.")
    var yes = false

    @Flag(help: "Print one summary document (JSON) on standard output.")
    var json = false

    /// What the pipeline goes by; a form that cannot be read is exit 64 or 78.
    func settings(_ selection: SelectionOptions, _ reader: SettingsReader) throws -> RunSettings {
        var settings = RunSettings()
        try selection.complete(&settings, reader)
        settings.maxDuration = try reader.value(
            .maxDuration,
            flag: maxDuration,
            form: "a duration such as 5h",
            ValueForms.duration
        )
        settings.haltOn = try reader.value(.haltOn, flag: haltOn, form: "a percentage such as 5%", ValueForms.share)
        settings.processorTokenAge = try reader.value(
            .processorTokenAge,
            flag: processorTokenAge,
            form: "a duration such as 24h",
            ValueForms.duration
        )
        settings.lease =
            try reader.value(.lease, flag: lease, form: "a duration from 2s to 10m", Self.lease) ?? settings.lease
        settings.sendsIdempotencyKey = try reader.isOn(.bondIdempotencyKey, flag: bondIdempotencyKey)
        return settings
    }

    private static func lease(_ text: String) -> Duration? {
        ValueForms.duration(text).flatMap { (.seconds(2)...Duration.seconds(600)).contains($0) ? $0 : nil }
    }
}
