import Domain

/// Rows that are at hand, as a run's input.
struct RowList: RowSource {
    private var rows: [InputRow]?

    init(_ rows: [InputRow]) {
        self.rows = rows
    }

    mutating func next() async throws -> RowBatch? {
        defer { rows = nil }
        return rows.map { RowBatch(rows: $0) }
    }
}
