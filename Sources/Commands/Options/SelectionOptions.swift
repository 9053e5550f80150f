import ArgumentParser
import Domain
import Pacing
import Pipeline

/// Which rows a run tries, and how fast at Plaid: what a plan has to know as well.
struct SelectionOptions: ParsableArguments {
    @Option(
        help: "Plaid calls at most, as N/s, N/min, N/h or unlimited, or by the time of day. Default: 400/min."
    )
    var plaidRate: String?

    @Option(help: "Rows attempted at most.")
    var limit: String?

    @Option(help: "Attempt only this share of the rows, as 1%: the same ones whenever it is given.")
    var sample: String?

    @Option(help: "Try these states again: rejected, unlinked, held, parted by commas.")
    var retry: String?

    @Option(help: "How long a row that needs its user is left alone. Default: 20h.")
    var recheck: String?

    /// Puts what is chosen into a run's settings; a form that cannot be read is exit 64 or 78.
    func complete(_ settings: inout RunSettings, _ reader: SettingsReader) throws {
        settings.limit = try reader.value(.limit, flag: limit, form: "a number from 1", ValueForms.count)
        settings.sample = try reader.value(.sample, flag: sample, form: "a percentage such as 1%", ValueForms.share)
        settings.retry =
            try reader.value(
                .retry,
                flag: retry,
                form: "any of rejected, unlinked, held",
                Self.states
            ) ?? []
        settings.recheck =
            try reader.value(.recheck, flag: recheck, form: "a duration such as 20h", ValueForms.duration)
            ?? settings.recheck
    }

    /// The rate of calls to Plaid.
    func rate(_ reader: SettingsReader) throws -> RateSchedule {
        try Deployment.rate(.plaidRate, plaidRate, reader) ?? RateSchedule(.perMinute(400))
    }

    private static func states(_ text: String) -> Set<RowState>? {
        let names = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        let states = names.compactMap { RowState(rawValue: $0) }.filter { [.rejected, .unlinked, .held].contains($0) }
        return states.count == names.count ? Set(states) : nil
    }
}
