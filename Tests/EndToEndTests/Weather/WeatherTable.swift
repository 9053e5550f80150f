/// Findings as a table in Markdown, a line for each.
struct WeatherTable: Sendable {
    private let rows: [[String]]
    private let verdicts: [Bool]

    init(_ findings: [(study: String, findings: [Finding])]) {
        let lines = findings.flatMap { study, findings in
            findings.enumerated().map { [$0.offset == 0 ? study : ""] + $0.element.cells }
        }
        verdicts = findings.flatMap { $0.findings.compactMap(\.isMet) }
        rows = [["scenario", "API", "limit", "measured", "bar", "verdict"]] + lines
    }

    /// The table and a line that sums it up.
    var text: String {
        "\(table)\n\(verdicts.count(where: \.self)) of \(verdicts.count) bars are met.\n"
    }

    /// The columns in line.
    private var table: String {
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
