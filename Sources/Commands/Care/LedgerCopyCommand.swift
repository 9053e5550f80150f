import ArgumentParser
import Ledger

/// `relink ledger copy`: takes a whole ledger to another place or engine.
struct LedgerCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy a ledger to another place: from a file to a PostgreSQL server, or back.",
        discussion: """
            Everything is copied, and nothing changed. No run may be using the ledger, and there must be none at the new \
            place yet. Afterwards use one of the two only: a run on the other would not know what this one has linked.
            """
    )

    @Argument(help: "The ledger: a file, or postgresql://user@host/database.")
    var from: String

    @Argument(help: "Where it goes: a file, or postgresql://user@host/database.")
    var to: String

    func run() async throws {
        try await CommandFailure.translating {
            let folder = Surroundings.workingFolder
            let (from, to) = (try LedgerPlace(from, in: folder), try LedgerPlace(to, in: folder))
            let holder = Surroundings.holder(at: Surroundings.now())
            let outcome = try LedgerCopy(from: from, to: to, holder: holder).perform()
            Console.tell(
                "Copied \(from) to \(to): \(outcome.links) rows, \(outcome.records) records in all. From now on name only "
                    + "one of them with --ledger."
            )
        }
    }
}
