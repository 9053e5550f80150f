package import Ledger

/// A row as it was when it was looked at.
package struct EyeRow: Sendable, Equatable, CustomStringConvertible {
    private let values: [String: LedgerValue]
    private let columns: [String]

    init(_ row: Ledger.LedgerRow) throws {
        columns = row.columnNames
        values = Dictionary(
            try columns.map { ($0, try row.value($0)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// A column's value; ends the test where it is of another kind.
    package subscript<Value: LedgerValueConvertible>(_ column: String) -> Value {
        guard let value = Value(values[column] ?? .null) else {
            preconditionFailure("\(column) is \(String(describing: values[column]))")
        }
        return value
    }

    /// A blob column's bytes, none where it is null.
    package func blob(_ column: String) -> [UInt8] {
        self[column] as [UInt8]? ?? []
    }

    /// All columns with their values.
    package var description: String {
        columns.map { "\($0): \(values[$0] ?? .null)" }.joined(separator: ", ")
    }
}
