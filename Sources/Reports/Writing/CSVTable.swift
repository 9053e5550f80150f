/// A table as CSV: a header, then a line for each row; lines end with LF.
struct CSVTable<Row>: Sendable {
    private let columns: [Column<Row>]
    private let writer: CSVCell

    init(columns: [Column<Row>], spreadsheetSafe: Bool) {
        self.columns = columns
        self.writer = CSVCell(spreadsheetSafe: spreadsheetSafe)
    }

    /// Writes the line of column names.
    func appendHeader(to buffer: inout [UInt8]) {
        appendLine(to: &buffer) { .text($0.name) }
    }

    /// Writes a row's line.
    func append(_ row: Row, to buffer: inout [UInt8]) {
        appendLine(to: &buffer) { $0.cell(row) }
    }

    /// Writes nothing: a table ends with its last line.
    func appendFooter(to buffer: inout [UInt8]) {}

    private func appendLine(to buffer: inout [UInt8], cell: (Column<Row>) -> Cell) {
        var isFirst = true
        for column in columns {
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            switch cell(column) {
            case .text(let text?): writer.append(text, to: &buffer)
            case .number(let number?): buffer.append(contentsOf: String(number).utf8)
            case .text(nil), .number(nil): break
            }
        }
        buffer.append(UInt8(ascii: "\n"))
    }
}
