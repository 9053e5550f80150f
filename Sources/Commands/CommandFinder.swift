import ArgumentParser

/// Finds commands by their names.
enum CommandFinder {
    /// What is wrong where a word stands in the place of a command and is none, with the nearest that there is.
    static func failure(_ words: [String]) -> CommandFailure? {
        var command: any ParsableCommand.Type = RelinkCommand.self
        for word in words {
            let commands = command.configuration.subcommands
            guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            guard let next = commands.first(where: { name(of: $0) == word }) else {
                return unknown(word, among: commands.map { name(of: $0) }, of: command)
            }
            command = next
        }
        return nil
    }

    /// The long flags of a command, without their dashes; those of `run` where there is no such command.
    static func flags(_ name: String) -> Set<String> {
        let command = RelinkCommand.configuration.subcommands.first { self.name(of: $0) == name } ?? RunCommand.self
        let help = RelinkCommand.helpMessage(for: command, columns: 1_000)
        return Set(help.matches(of: /--([a-z][a-z-]*)/).map { String($0.1) })
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command._commandName
    }

    private static func unknown(
        _ word: String,
        among names: [String],
        of command: any ParsableCommand.Type
    ) -> CommandFailure {
        let nearest = NearestName.of(word, among: names).map { " Is \($0) meant?" } ?? ""
        let group = command == RelinkCommand.self ? "relink" : "relink \(name(of: command))"
        return CommandFailure(
            .usage,
            "\(group) has no command \"\(word)\".\(nearest) There are: \(names.joined(separator: ", "))."
        )
    }
}
