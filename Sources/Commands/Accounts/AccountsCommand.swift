import ArgumentParser

/// `relink accounts`: Bond's external accounts.
struct AccountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "Look at Bond's external accounts, and remove them.",
        subcommands: [AccountsList.self, AccountsRemove.self]
    )
}
