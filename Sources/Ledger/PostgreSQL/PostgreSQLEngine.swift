import Domain

/// A transaction on a PostgreSQL server.
final class PostgreSQLEngine: LedgerEngine {
    private let connection: PostgreSQLConnection
    /// What statements are sent through whose answers are waited for together; nothing where each one's is.
    private let pipeline: PostgreSQLPipeline?
    private var cursors = 0

    /// - Parameters:
    ///   - connection: Where the transaction is.
    ///   - isOptimistic: Whether statements are thought to succeed, and it is found out later whether they did.
    init(_ connection: PostgreSQLConnection, isOptimistic: Bool = false) {
        self.connection = connection
        pipeline = isOptimistic ? PostgreSQLPipeline(connection) : nil
    }

    var isRemote: Bool { true }

    var isOptimistic: Bool { pipeline != nil }

    /// Finds out whether all statements did what they were to do.
    func settle() throws {
        try pipeline?.settle()
    }

    func execute(_ sql: String, _ arguments: LedgerArguments) throws {
        guard let pipeline else {
            _ = try connection.execute(sql, arguments)
            return
        }
        try pipeline.send(sql, arguments)
    }

    func expect(
        _ count: Int,
        _ sql: String,
        _ arguments: LedgerArguments,
        otherwise error: @escaping () -> LedgerError
    ) throws {
        func check(_ answer: PostgreSQLAnswer) throws {
            guard answer.changes == count else { throw error() }
        }
        guard let pipeline else { return try check(try connection.execute(sql, arguments)) }
        try pipeline.send(sql, arguments, check)
    }

    func changes(_ sql: String, _ arguments: LedgerArguments) throws -> Int {
        try answer(sql, arguments).changes
    }

    func executeScript(_ script: String) throws {
        try answer(script)
    }

    func insert(_ sql: String, _ arguments: LedgerArguments) throws -> Int64 {
        guard case .integer(let id)? = try firstValue(sql + " RETURNING id", arguments) else {
            throw LedgerValueError()
        }
        return id
    }

    func firstValue(_ sql: String, _ arguments: LedgerArguments) throws -> LedgerValue? {
        let answer = try answer(sql, arguments)
        return answer.rowCount > 0 ? answer.value(0, 0) : nil
    }

    func firstRow(_ sql: String, _ arguments: LedgerArguments) throws -> LedgerRow? {
        let answer = try answer(sql, arguments)
        return answer.rowCount > 0 ? LedgerRow(answer.columns, live: PostgreSQLRow(answer, 0)) : nil
    }

    func rows(_ sql: String, _ arguments: LedgerArguments) throws -> [LedgerRow] {
        let answer = try answer(sql, arguments)
        let columns = answer.columns
        return (0..<answer.rowCount).map { LedgerRow(columns, live: PostgreSQLRow(answer, $0)) }
    }

    func cursor(_ sql: String, _ arguments: LedgerArguments) throws -> any LedgerCursor {
        cursors += 1
        let name = "relink_rows\(cursors)"
        try settle()
        try connection.executeOnce("DECLARE \(name) NO SCROLL CURSOR FOR ", sql, arguments)
        return PostgreSQLCursor(self, name)
    }

    func hint(index: String) -> String { "" }

    func unlessLocked(_ table: String) -> String {
        " WHERE id IN (SELECT id FROM \(table) FOR UPDATE SKIP LOCKED)"
    }

    func hasTable(_ name: String) throws -> Bool {
        try settle()
        return try connection.hasTable(name)
    }

    /// After a statement that fails every other one does, back to here.
    func beginPart() throws {
        try answer("SAVEPOINT relink_part")
    }

    func undoPart() throws {
        try answer("ROLLBACK TO SAVEPOINT relink_part")
    }

    /// What a statement is answered with, and all before it are known to have succeeded.
    private func answer(_ sql: String, _ arguments: LedgerArguments) throws -> PostgreSQLAnswer {
        guard let pipeline else { return try connection.execute(sql, arguments) }
        var answer: PostgreSQLAnswer?
        try pipeline.send(sql, arguments) { answer = $0 }
        try pipeline.settle()
        guard let answer else { throw LedgerValueError() }
        return answer
    }

    /// The same of statements that have no values.
    @discardableResult
    fileprivate func answer(_ script: String) throws -> PostgreSQLAnswer {
        try settle()
        return try connection.execute(script)
    }

    /// The server looks after its files itself; what it keeps of a cluster's pages is for its own tools.
    func structureFaults() throws -> [String] { [] }

    func referenceFaults() throws -> [String] {
        let sql = """
            SELECT conname FROM pg_catalog.pg_constraint
            WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND NOT convalidated LIMIT 20
            """
        return try rows(sql, []).map { "the server has not checked the reference \(try $0.value(at: 0) as String)" }
    }

    func schemaNames() throws -> Set<String> {
        let sql = """
            SELECT relname FROM pg_catalog.pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i', 'v', 'm', 'p')
            """
        return Set(try rows(sql, []).map { try $0.value(at: 0) })
    }
}

/// The rows of a cursor on the server, some at a time.
private final class PostgreSQLCursor: LedgerCursor {
    private static let piece = 500

    private let engine: PostgreSQLEngine
    private let name: String
    private var answer: PostgreSQLAnswer?
    private var columns = ColumnNames([])
    private var row = 0

    init(_ engine: PostgreSQLEngine, _ name: String) {
        (self.engine, self.name) = (engine, name)
    }

    func next() throws -> LedgerRow? {
        if answer.map({ row == $0.rowCount && row == Self.piece }) ?? true { try fetch() }
        guard let answer, row < answer.rowCount else { return nil }
        defer { row += 1 }
        return LedgerRow(columns, live: PostgreSQLRow(answer, row))
    }

    private func fetch() throws {
        let answer = try engine.answer("FETCH \(Self.piece) FROM \(name)")
        (self.answer, columns, row) = (answer, answer.columns, 0)
    }
}
