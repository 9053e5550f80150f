import ArgumentParser
import Domain
import Ledger

/// `relink ledger prune`: drops old records of calls; rows stay.
struct LedgerPrune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove records of API calls and invalid rows older than a time; rows stay.",
        discussion: """
            What is removed is gone: `relink show` no longer has those calls, `relink report --compare` refuses runs from \
            before that time, and --run and the page of --format html no longer know their calls. Make a copy first: \
            `relink ledger backup`.
            """
    )

    @Option(help: "How old, as 90d.")
    var olderThan: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        guard let age = ValueForms.duration(olderThan) else {
            throw CommandFailure(.usage, "--older-than is \"\(olderThan)\", not a duration such as 90d.")
        }
        try await CommandFailure.translating {
            let path = try ledger.place(try await configuration.reader())
            let now = Surroundings.now()
            let removed = try LedgerCare.prune(path, before: now - age, holder: Surroundings.holder(at: now))
            Console.tell("Removed \(removed) records of API calls from \(path).")
        }
    }
}
