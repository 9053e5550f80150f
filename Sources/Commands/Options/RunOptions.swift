import ArgumentParser
import Domain
import Pacing
import Pipeline

/// What a run goes by besides its input, ledger and servers.
struct RunOptions: ParsableArguments {
    @Option(
        help: "Plaid calls at most, as N/s, N/min, N/h or unlimited, or by the time of day. Default: 400/min."
    )
    var plaidRate: String?

    @Option(help: "Rows attempted at most.")
    var limit: String?

    @Option(help: "Attempt only this share of the rows, as 1%: the same ones whenever it is given.")
    var sample: String?

    @Option(help: "Stop starting rows after this time.")
    var maxDuration: String?

    @Option(help: "Stop when this share of the last 200 outcomes is rejected, in doubt or retryable, as 5%.")
    var haltOn: String?

    @Option(help: "Try these states again: rejected, unlinked, held, parted by commas.")
    var retry: String?

    @Option(help: "How long a row that needs its user is left alone. Default: 20h.")
    var recheck: String?

    @Option(help: "How old a kept processor token may be. Default: any age.")
    var processorTokenAge: String?

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

    /// What the pipeline goes by; a form that cannot be read is exit 78.
    func settings(_ reader: SettingsReader) throws -> RunSettings {
        var settings = RunSettings()
        settings.limit = try reader.value(.limit, flag: limit, form: "a number from 1", ValueForms.count)
        settings.sample = try reader.value(.sample, flag: sample, form: "a percentage such as 1%", ValueForms.share)
        settings.maxDuration = try reader.value(
            .maxDuration,
            flag: maxDuration,
            form: "a duration such as 5h",
            ValueForms.duration
        )
        settings.haltOn = try reader.value(.haltOn, flag: haltOn, form: "a percentage such as 5%", ValueForms.share)
        settings.retry =
            try reader.value(
                .retry,
                flag: retry,
                form: "any of rejected, unlinked, held",
                Self.states
            ) ?? []
        settings.processorTokenAge = try reader.value(
            .processorTokenAge,
            flag: processorTokenAge,
            form: "a duration such as 24h",
            ValueForms.duration
        )
        settings.recheck =
            try reader.value(.recheck, flag: recheck, form: "a duration such as 20h", ValueForms.duration)
            ?? settings.recheck
        settings.sendsIdempotencyKey = try reader.isOn(.bondIdempotencyKey, flag: bondIdempotencyKey)
        return settings
    }

    private static func states(_ text: String) -> Set<RowState>? {
        let names = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        let states = names.compactMap { RowState(rawValue: $0) }.filter { [.rejected, .unlinked, .held].contains($0) }
        return states.count == names.count ? Set(states) : nil
    }
}
