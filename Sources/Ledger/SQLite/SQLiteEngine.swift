import Domain
import GRDB
import GRDBSQLite

/// A transaction on SQLite.
///
/// Statements go to SQLite's own functions: the library checks and copies the values as a collection first and makes a
/// cursor for an answer, which costs as much as the statement.
final class SQLiteEngine: LedgerEngine {
    let database: Database
    /// The columns of statements that the library keeps.
    private var columns: [ObjectIdentifier: ColumnNames] = [:]

    init(_ database: Database) {
        self.database = database
    }

    var isOptimistic: Bool { false }

    func execute(_ sql: String, _ arguments: LedgerArguments) throws {
        let statement = try database.cachedStatement(sql: sql)
        try statement.bind(arguments)
        while try statement.advance() {}
    }

    func expect(
        _ count: Int,
        _ sql: String,
        _ arguments: LedgerArguments,
        otherwise error: @escaping () -> LedgerError
    ) throws {
        let statement = try database.cachedStatement(sql: sql)
        try statement.bind(arguments)
        var found = 0
        while try statement.advance() { found += 1 }
        guard count == (statement.isReadonly ? found : database.changesCount) else { throw error() }
    }

    func changes(_ sql: String, _ arguments: LedgerArguments) throws -> Int {
        try execute(sql, arguments)
        return database.changesCount
    }

    func executeScript(_ script: String) throws {
        try database.execute(sql: script)
    }

    func insert(_ sql: String, _ arguments: LedgerArguments) throws -> Int64 {
        try execute(sql, arguments)
        return database.lastInsertedRowID
    }

    func firstValue(_ sql: String, _ arguments: LedgerArguments) throws -> LedgerValue? {
        let statement = try database.cachedStatement(sql: sql)
        try statement.bind(arguments)
        defer { sqlite3_reset(statement.sqliteStatement) }
        return try statement.advance() ? statement.value(at: 0) : nil
    }

    func firstRow(_ sql: String, _ arguments: LedgerArguments) throws -> LedgerRow? {
        let statement = try database.cachedStatement(sql: sql)
        try statement.bind(arguments)
        defer { sqlite3_reset(statement.sqliteStatement) }
        return try statement.advance() ? LedgerRow(columns(of: statement), statement.values()) : nil
    }

    func rows(_ sql: String, _ arguments: LedgerArguments) throws -> [LedgerRow] {
        let statement = try database.cachedStatement(sql: sql)
        try statement.bind(arguments)
        let columns = columns(of: statement)
        var rows: [LedgerRow] = []
        while try statement.advance() { rows.append(LedgerRow(columns, statement.values())) }
        return rows
    }

    func cursor(_ sql: String, _ arguments: LedgerArguments) throws -> any LedgerCursor {
        // A statement of its own: the same text may be executed while this one is read.
        let statement = try database.makeStatement(sql: sql)
        try statement.bind(arguments)
        return SQLiteCursor(statement)
    }

    var isRemote: Bool { false }

    /// There is one process that writes.
    func unlessLocked(_ table: String) -> String { "" }

    func hint(index: String) -> String {
        "INDEXED BY \(index)"
    }

    func hasTable(_ name: String) throws -> Bool {
        try database.tableExists(name)
    }

    private func columns(of statement: Statement) -> ColumnNames {
        if let known = columns[ObjectIdentifier(statement)] { return known }
        let names = ColumnNames(statement.columnNames)
        columns[ObjectIdentifier(statement)] = names
        return names
    }
}

/// The rows of a statement of SQLite's.
private final class SQLiteCursor: LedgerCursor, LiveRow {
    private let statement: Statement
    private let columns: ColumnNames
    private var isOver = false

    init(_ statement: Statement) {
        self.statement = statement
        columns = ColumnNames(statement.columnNames)
    }

    func next() throws -> LedgerRow? {
        guard !isOver else { return nil }
        isOver = try !statement.advance()
        return isOver ? nil : LedgerRow(columns, live: self)
    }

    func value(at place: Int) -> LedgerValue {
        statement.value(at: place)
    }
}
