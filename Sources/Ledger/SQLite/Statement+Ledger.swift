import GRDB
import GRDBSQLite

extension Statement {
    /// Binds values by place or by name; a value too many is an error, one that is missing is null.
    func bind(_ arguments: LedgerArguments) throws {
        // Resets the statement, and makes the library leave its values alone.
        setUncheckedArguments(StatementArguments())
        var place: CInt = 0
        for value in arguments.values(of: names()) {
            place += 1
            try check(bind(value.ledgerValue, at: place), is: SQLITE_OK)
        }
    }

    /// Goes on to the next row of the answer; at its end the statement is as it was.
    func advance() throws -> Bool {
        let code = sqlite3_step(sqliteStatement)
        if code == SQLITE_ROW { return true }
        // A reset tells the error once more, and more exactly.
        let reset = sqlite3_reset(sqliteStatement)
        try check(code == SQLITE_DONE ? SQLITE_DONE : reset, is: SQLITE_DONE)
        return false
    }

    /// The values of the row on which the statement stands.
    func values() -> [LedgerValue] {
        (0..<Int(sqlite3_column_count(sqliteStatement))).map(value)
    }

    /// One of them.
    func value(at place: Int) -> LedgerValue {
        let column = CInt(place)
        switch sqlite3_column_type(sqliteStatement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(sqliteStatement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(sqliteStatement, column))
        case SQLITE_TEXT:
            return sqlite3_column_text(sqliteStatement, column).map { .text(String(cString: $0)) } ?? .null
        case SQLITE_BLOB:
            let count = Int(sqlite3_column_bytes(sqliteStatement, column))
            return .blob(
                Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(sqliteStatement, column), count: count))
            )
        default: return .null
        }
    }

    private func bind(_ value: LedgerValue, at place: CInt) -> CInt {
        switch value {
        case .integer(let number): sqlite3_bind_int64(sqliteStatement, place, number)
        case .real(let number): sqlite3_bind_double(sqliteStatement, place, number)
        // Its end is the first zero byte.
        case .text(let text): text.bind(to: sqliteStatement, at: place)
        case .blob(let bytes): bytes.withUnsafeBytes { $0.bind(to: sqliteStatement, at: place) }
        case .null: sqlite3_bind_null(sqliteStatement, place)
        }
    }

    /// The names of the values, in the order in which they first appear.
    private func names() -> [String] {
        (0..<sqlite3_bind_parameter_count(sqliteStatement)).map { place in
            sqlite3_bind_parameter_name(sqliteStatement, place + 1).map { String(cString: $0 + 1) } ?? ""
        }
    }

    private func check(_ code: CInt, is wanted: CInt) throws {
        if code == wanted { return }
        let message = sqlite3_errmsg(sqlite3_db_handle(sqliteStatement)).map { String(cString: $0) }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
}

extension UnsafeRawBufferPointer {
    /// Makes SQLite copy what is bound (SQLITE_TRANSIENT, a macro that Swift does not see).
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    /// Binds the bytes, which SQLite copies; none are not null.
    fileprivate func bind(to statement: SQLiteStatement, at place: CInt) -> CInt {
        isEmpty
            ? sqlite3_bind_zeroblob(statement, place, 0)
            : sqlite3_bind_blob(statement, place, baseAddress, CInt(count), Self.copied)
    }
}
