import ArgumentParser

/// `relink ledger`: care of the ledger.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Back up, restore, prune and copy the ledger.",
        subcommands: [LedgerBackup.self, LedgerRestore.self, LedgerPrune.self, LedgerCopyCommand.self]
    )
}
