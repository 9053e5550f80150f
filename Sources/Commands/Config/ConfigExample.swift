import ArgumentParser

/// `relink config example`: a configuration with everything in it, nothing of it in force.
struct ConfigExample: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "example",
        abstract: "Print a commented configuration for --config."
    )

    func run() throws {
        try Console.write(line: Self.text)
    }

    /// The text of `samples/relink.yaml`.
    private static var text: String {
        let head = """
            # Settings of relink, for `relink run ... --config relink.yaml`. A flag comes first, then the environment
            # variable that is named, then this file. Take the # off what is to hold; `relink config show --origin`
            # shows what does.
            """
        return ([head] + Setting.allCases.map(entry)).joined(separator: "\n\n")
    }

    private static func entry(_ setting: Setting) -> String {
        let words = setting.words
        let usual = words.usual.map { " Default: \($0)." } ?? ""
        let file = setting.isCredential ? " A file that holds it." : ""
        let names = setting.environmentNames.joined(separator: ", ")
        return "# \(words.meaning)\(file)\(usual) (\(names))\n# \(setting.fileKey): \(words.example)"
    }
}
