import Domain

/// One JSON document that holds the rows, a line for each.
struct JSONRows: RowEncoder {
    private let lines: JSONLines<ReportRow>
    private var isEmpty = true

    init(columns: [Column<ReportRow>]) {
        lines = JSONLines(columns: columns)
    }

    func appendHeader(to buffer: inout [UInt8]) {
        buffer.append(contentsOf: #"{"version":1,"rows":["#.utf8)
    }

    mutating func append(_ row: ReportRow, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: (isEmpty ? "\n" : ",\n").utf8)
        isEmpty = false
        lines.appendObject(row, to: &buffer)
    }

    func appendFooter(to buffer: inout [UInt8]) {
        buffer.append(contentsOf: "\n]}\n".utf8)
    }
}
