import ArgumentParser

/// `relink cutover`: the end of a migration, when the links of before may go.
struct CutoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cutover",
        abstract: "End a migration: find the links of before, and remove those that a person approves.",
        subcommands: [CutoverPlan.self, CutoverRemove.self]
    )
}
