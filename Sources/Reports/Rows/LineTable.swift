/// A file of lines that comes as CSV or as JSON lines with the same names.
package struct LineTable<Row>: Sendable {
    private let format: LineFormat
    private let csv: CSVTable<Row>
    private let lines: JSONLines<Row>

    init(columns: [Column<Row>], format: LineFormat) {
        self.format = format
        csv = CSVTable(columns: columns, spreadsheetSafe: false)
        lines = JSONLines(columns: columns)
    }

    /// Writes the line of column names, where the format has one.
    package func appendHeader(to buffer: inout [UInt8]) {
        if format == .csv { csv.appendHeader(to: &buffer) }
    }

    /// Writes one line.
    package func append(_ row: Row, to buffer: inout [UInt8]) {
        switch format {
        case .csv: csv.append(row, to: &buffer)
        case .jsonl: lines.append(row, to: &buffer)
        }
    }
}

/// The forms such a file comes in; the raw value is the option's.
package enum LineFormat: String, Sendable, Hashable, CaseIterable {
    case csv
    case jsonl
}
