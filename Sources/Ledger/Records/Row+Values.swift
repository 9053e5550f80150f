import Domain
import FoundationEssentials
import GRDB

extension Row {
    /// A column's value, as an optional where it may be null; the library's own subscript ends the process where a damaged ledger has another kind of value.
    ///
    /// - Throws: `RowDecodingError`.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) throws -> Value {
        try decode(Value.self, forColumn: column)
    }

    /// A blob column's bytes, none where it is null.
    func bytes(_ column: String) throws -> [UInt8] {
        let data: Data? = try value(column)
        return data.map { Array($0) } ?? []
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

extension [UInt8] {
    /// The bytes as SQLite takes them.
    var data: Data { Data(self) }
}
