import ArgumentParser

/// `relink items`: the connections to banks behind the rows.
struct ItemsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "items",
        abstract: "Look after the connections to banks (Plaid's Items) behind the rows.",
        subcommands: [ItemsCheck.self]
    )
}
