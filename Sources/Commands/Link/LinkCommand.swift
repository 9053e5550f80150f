import ArgumentParser

/// `relink link`: customers who have to go through Plaid Link.
struct LinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Invite customers to Plaid Link: to repair a connection, or to make one.",
        subcommands: [LinkCreate.self, LinkCollect.self]
    )
}
