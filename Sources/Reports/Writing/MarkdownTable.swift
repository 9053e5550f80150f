/// A table of GitHub's Markdown.
struct MarkdownTable: Sendable {
    private(set) var lines: [String]

    init(_ header: (String, TextTable.Alignment)...) {
        lines = [
            Self.line(header.map(\.0)),
            Self.line(header.map { $0.1 == .left ? "---" : "---:" }),
        ]
    }

    /// Adds a line of cells that are Markdown already.
    mutating func add(_ cells: [String]) {
        lines.append(Self.line(cells))
    }

    private static func line(_ cells: [String]) -> String {
        "| " + cells.joined(separator: " | ") + " |"
    }
}
