/// A piece of the input, as it was read.
package struct RowBatch: Sendable, Equatable {
    /// The valid rows, in order.
    package var rows: [InputRow]
    /// What could not be read as a row, in order.
    package var invalid: [InvalidRow]
    /// How many valid rows the user had left out.
    package var excluded: Int

    package init(rows: [InputRow] = [], invalid: [InvalidRow] = [], excluded: Int = 0) {
        self.rows = rows
        self.invalid = invalid
        self.excluded = excluded
    }
}

/// The input of a run, read once from the first file's first row to the last file's last.
package protocol RowSource: Sendable {
    /// The next piece; nothing at the end.
    mutating func next() async throws -> RowBatch?

    /// Whether the next piece is there to be read: a file's is, that of a pipe may be waited for.
    var isAtHand: Bool { get }
}

extension RowSource {
    package var isAtHand: Bool { false }
}
