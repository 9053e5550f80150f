import ArgumentParser

/// `relink accounts`: Bond's external accounts.
struct AccountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "Look at Bond's external accounts.",
        subcommands: [AccountsList.self]
    )
}
