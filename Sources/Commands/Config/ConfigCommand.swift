import ArgumentParser

/// `relink config`: what is set, where, and what could be.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the settings, where each comes from, and an example of a configuration.",
        subcommands: [ConfigShow.self, ConfigExample.self]
    )
}
