import Domain

/// Rows as JSON objects, one a line, every key always there.
struct JSONLines<Row>: Sendable {
    let columns: [Column<Row>]

    func appendHeader(to buffer: inout [UInt8]) {}

    func append(_ row: Row, to buffer: inout [UInt8]) {
        appendObject(row, to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
    }

    func appendFooter(to buffer: inout [UInt8]) {}

    /// Writes the row's object without a line break.
    func appendObject(_ row: Row, to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "{"))
        var isFirst = true
        for column in columns {
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            column.appendMember(of: row, to: &buffer)
        }
        buffer.append(UInt8(ascii: "}"))
    }
}

extension JSONLines: RowEncoder where Row == ReportRow {}
