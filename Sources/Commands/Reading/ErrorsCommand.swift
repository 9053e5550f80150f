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
        case markdown
    }

    @Option(help: "text, json or markdown.")
    var format: Format = .text

    func run() throws {
        let table = AnswerTableReport()
        switch format {
        case .text: try Console.write(line: table.text)
        case .json: try Console.write(line: table.json)
        case .markdown: try Console.write(line: table.markdown)
        }
    }
}
