import ArgumentParser
import Ledger

/// `relink ledger restore`: puts a copy in the ledger's place.
struct LedgerRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a copy in the place of the ledger.",
        discussion: """
            Rows that are not linked in the copy may have been linked since: the next run asks Bond before it posts them. \
            Rows that came into the ledger after the copy was made are not known to it: run `relink reconcile --all` \
            first, and look at the lines that begin with a minus.
            """
    )

    @Argument(help: "The copy, made by `relink ledger backup`.")
    var copy: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        try await CommandFailure.translating {
            let path = try ledger.filePath(
                try await configuration.reader(),
                instead: "restore a copy to a file, and take that to the server with relink ledger copy"
            )
            let now = Surroundings.now()
            let copy = LedgerFile.resolved(copy, in: Surroundings.workingFolder)
            if let why = ReadingFault.opening(copy) {
                throw CommandFailure(.noInput, "The copy \(copy) cannot be read: \(why).")
            }
            let former = try LedgerCare.restore(
                copy,
                to: path,
                holder: Surroundings.holder(at: now),
                at: now
            )
            Console.tell("Restored \(path) from \(copy).")
            if let former { Console.tell("The former ledger is now \(former).") }
            Console.tell("Links made since the copy are not in it: run relink reconcile --all before any other run.")
        }
    }
}
