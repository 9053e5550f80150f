/// Findings as a table in Markdown, a line for each.
struct WeatherTable: Sendable {
    private let rows: [[String]]

    init(_ findings: [(study: String, findings: [Finding])]) {
        let lines = findings.flatMap { study, findings in
            findings.enumerated().map { [$0.offset == 0 ? study : ""] + $0.element.cells }
        }
        rows = [["scenario", "API", "limit", "measured", "bar", "verdict"]] + lines
    }

    /// The table, its columns in line.
    var text: String {
        let widths = rows.reduce(into: [Int](repeating: 3, count: 6)) { widths, row in
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return ([rows[0], rule] + rows.dropFirst()).map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return "| " + cells.joined(separator: " | ") + " |\n"
        }
        .joined()
    }
}
