import GRDB

extension Database {
    /// Executes a statement that is used over and over, with values bound by place.
    ///
    /// The library's own way checks and copies the values as a collection first, which costs as much as the statement.
    func executeCached(_ sql: String, _ values: [any StatementBinding]) throws {
        let statement = try cachedStatement(sql: sql)
        try statement.bindByPlace(values)
        try statement.execute()
    }

    /// The number that a statement which is used over and over finds first; nothing where it finds none.
    func numberCached(_ sql: String, _ values: [any StatementBinding]) throws -> Int64? {
        let statement = try cachedStatement(sql: sql)
        try statement.bindByPlace(values)
        return try Int64.fetchOne(statement)
    }
}

extension Statement {
    /// Binds values by place; a value too many is an error, one that is missing is null.
    func bindByPlace(_ values: [any StatementBinding]) throws {
        // Resets the statement, and makes the library leave its values alone.
        setUncheckedArguments(StatementArguments())
        for (index, value) in values.enumerated() {
            let code = ResultCode(rawValue: value.bind(to: sqliteStatement, at: CInt(index + 1)))
            guard code == .SQLITE_OK else { throw DatabaseError(resultCode: code, message: "value \(index + 1)") }
        }
    }
}
