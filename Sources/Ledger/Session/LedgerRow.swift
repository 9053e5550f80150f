import Domain

/// One row of an answer; one that a cursor handed out holds until the next one.
package struct LedgerRow {
    private enum Source {
        case copied([LedgerValue])
        case live(any LiveRow)
    }

    private let columns: ColumnNames
    private let source: Source

    init(_ columns: ColumnNames, _ values: [LedgerValue]) {
        (self.columns, source) = (columns, .copied(values))
    }

    init(_ columns: ColumnNames, live: any LiveRow) {
        (self.columns, source) = (columns, .live(live))
    }

    /// A column's value by place, as an optional where it may be null.
    ///
    /// - Throws: `LedgerValueError`.
    func value<Value: LedgerValueConvertible>(at place: Int) throws -> Value {
        let value =
            switch source {
            case .copied(let values): values[place]
            case .live(let row): row.value(at: place)
            }
        guard let value = Value(value) else { throw LedgerValueError() }
        return value
    }

    /// A column's value, as an optional where it may be null.
    ///
    /// - Throws: `LedgerValueError`.
    package func value<Value: LedgerValueConvertible>(_ column: String) throws -> Value {
        guard let place = columns.places[column] else { throw LedgerValueError() }
        return try value(at: place)
    }

    /// The names of its columns.
    package var columnNames: [String] { columns.names }

    /// Whether the answer has such a column.
    func hasColumn(_ column: String) -> Bool {
        columns.places[column] != nil
    }

    /// A blob column's bytes, none where it is null.
    func bytes(_ column: String) throws -> [UInt8] {
        try value(column) as [UInt8]? ?? []
    }

    /// A column of milliseconds as a moment.
    func timestamp(_ column: String) throws -> Timestamp? {
        let milliseconds: Int64? = try value(column)
        return milliseconds.map { Timestamp(milliseconds: $0) }
    }

    /// The owner in the columns `owner_kind` and `owner_id`.
    func owner() throws -> Owner? {
        let kind: String? = try value("owner_kind")
        let id: String? = try value("owner_id")
        guard let kind = kind.flatMap(Owner.Kind.init(rawValue:)), let id else { return nil }
        return Owner(kind: kind, id: id)
    }
}
