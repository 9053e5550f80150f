/// A column of a table of rows: its name, and how to read it.
struct Column<Row>: Sendable {
    let name: String
    let cell: @Sendable (Row) -> Cell
    /// The name as a key of JSON, with its colon.
    private let jsonKey: [UInt8]

    init(_ name: String, _ cell: @escaping @Sendable (Row) -> Cell) {
        self.name = name
        self.cell = cell
        var key: [UInt8] = []
        JSONString.append(name, to: &key)
        self.jsonKey = key + [UInt8(ascii: ":")]
    }

    /// Writes the column's member of the row's JSON object.
    func appendMember(of row: Row, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: jsonKey)
        cell(row).appendJSON(to: &buffer)
    }
}
