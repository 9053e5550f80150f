import ArgumentParser
import Reports

/// `relink errors`: what every answer of both APIs means.
struct ErrorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors",
        abstract: "Print what every answer of Plaid and Bond means, and what to do."
    )

    /// The forms of the table.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Option(help: "text or json.")
    var format: Format = .text

    func run() throws {
        let table = AnswerTableReport()
        try Console.write(line: format == .json ? table.json : table.text)
    }
}
