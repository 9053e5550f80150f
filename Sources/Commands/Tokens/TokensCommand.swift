import ArgumentParser

/// `relink tokens`: access tokens that only the ledger has.
struct TokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Give out the access tokens that public tokens were exchanged for.",
        subcommands: [TokensExport.self]
    )
}
