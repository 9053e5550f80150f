import ArgumentParser
import Reports

/// `relink config show`: each setting's value, and where it comes from.
struct ConfigShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show each setting's value; secrets as \"set\" only.",
        discussion: """
            What follows -- is read as the command line of a run, so that its flags are counted in: relink config show \
            --origin -- run accounts.csv --limit 10.
            Exit codes: 0, or 78 where the configuration cannot be read.
            """
    )

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Show where each value comes from: flag, variable, file or default.")
    var origin = false

    @Flag(help: "Print one document (JSON).")
    var json = false

    @Argument(parsing: .postTerminator, help: "The command line of a run.")
    var command: [String] = []

    func run() async throws {
        let flags = try TypedFlags(command)
        var configuration = configuration
        configuration.file = configuration.file ?? flags.configuration
        let reader = try await configuration.reader()
        let settings = Setting.allCases.map { ShownSetting($0, flag: flags.values[$0], reader) }
        let report = SettingsReport(settings)
        try Console.write(line: json ? report.json : report.text(showsOrigin: origin))
    }
}
