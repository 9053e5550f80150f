import ArgumentParser

/// `relink ledger`: care of the ledger's file.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Back up, restore and prune the ledger.",
        subcommands: [LedgerBackup.self, LedgerRestore.self, LedgerPrune.self]
    )
}
