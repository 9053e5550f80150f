import ArgumentParser
import Ledger

/// `relink ledger backup`: a copy, also while a run is going on.
struct LedgerBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the ledger, also while a run is going on."
    )

    @Argument(help: "The copy; there must be no such file yet.")
    var copy: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        try await CommandFailure.translating {
            let path = try ledger.filePath(
                try await configuration.reader(),
                instead: "copy it with pg_dump, or into a file with relink ledger copy"
            )
            try LedgerCare.backUp(path, to: LedgerFile.resolved(copy, in: Surroundings.workingFolder))
            Console.tell("Copied \(path) to \(copy).")
        }
    }
}
