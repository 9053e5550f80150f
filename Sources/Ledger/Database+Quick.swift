import GRDB
import GRDBSQLite

/// Statements that are used over and over, within a transaction.
///
/// They go to SQLite's own functions: the library checks and copies the values as a collection first and makes a cursor
/// for an answer, which costs as much as the statement.
extension Database {
    /// Executes a statement with values bound by place.
    func executeCached(_ sql: String, _ values: [any StatementBinding]) throws {
        let statement = try cachedStatement(sql: sql)
        try statement.bindByPlace(values)
        while try statement.step() {}
    }

    /// The number that a statement finds first; nothing where it finds none, or null.
    func numberCached(_ sql: String, _ values: [any StatementBinding]) throws -> Int64? {
        let statement = try cachedStatement(sql: sql)
        try statement.bindByPlace(values)
        return try statement.number()
    }

    /// The texts of the first row that a statement finds; nothing where it finds none.
    func textsCached(_ sql: String, _ values: [any StatementBinding]) throws -> [String?]? {
        let statement = try cachedStatement(sql: sql)
        try statement.bindByPlace(values)
        return try statement.texts()
    }
}

extension Statement {
    /// Binds values by place; a value too many is an error, one that is missing is null.
    func bindByPlace(_ values: [any StatementBinding]) throws {
        // Resets the statement, and makes the library leave its values alone.
        setUncheckedArguments(StatementArguments())
        for (index, value) in values.enumerated() {
            try check(value.bind(to: sqliteStatement, at: CInt(index + 1)), is: SQLITE_OK)
        }
    }

    /// The first number of the answer, whose rest is left.
    fileprivate func number() throws -> Int64? {
        defer { sqlite3_reset(sqliteStatement) }
        guard try step(), sqlite3_column_type(sqliteStatement, 0) != SQLITE_NULL else { return nil }
        return sqlite3_column_int64(sqliteStatement, 0)
    }

    /// The first row's values as texts, null as nothing; the rest of the answer is left.
    fileprivate func texts() throws -> [String?]? {
        defer { sqlite3_reset(sqliteStatement) }
        guard try step() else { return nil }
        return (0..<sqlite3_column_count(sqliteStatement)).map { column in
            sqlite3_column_text(sqliteStatement, column).map { String(cString: $0) }
        }
    }

    /// Goes on to the next row of the answer; at its end the statement is as it was.
    fileprivate func step() throws -> Bool {
        let code = sqlite3_step(sqliteStatement)
        if code == SQLITE_ROW { return true }
        // A reset tells the error once more, and more exactly.
        let reset = sqlite3_reset(sqliteStatement)
        try check(code == SQLITE_DONE ? SQLITE_DONE : reset, is: SQLITE_DONE)
        return false
    }

    private func check(_ code: CInt, is wanted: CInt) throws {
        if code == wanted { return }
        let message = sqlite3_errmsg(sqlite3_db_handle(sqliteStatement)).map { String(cString: $0) }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
}
