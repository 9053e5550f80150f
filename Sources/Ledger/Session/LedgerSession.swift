/// One transaction's view of a ledger, whatever engine keeps it.
///
/// Statements are written once for all engines, with `?` or `:name` for values; what they find comes as `LedgerRow`.
package struct LedgerSession {
    let engine: any LedgerEngine

    init(_ engine: any LedgerEngine) {
        self.engine = engine
    }

    /// Whether each question is a way to a server and back, so that one about many rows is quicker than one for each.
    var isRemote: Bool { engine.isRemote }

    /// Whether what would make a statement fail need not be asked for first.
    ///
    /// A transaction in which one fails is carried out again, and then this is false.
    var isOptimistic: Bool { engine.isOptimistic }

    /// Executes a statement.
    ///
    /// - Throws: What the engine says of it; maybe at a later statement, or at the transaction's end.
    package func execute(_ sql: String, _ arguments: LedgerArguments = []) throws {
        try engine.execute(sql, arguments)
    }

    /// Executes a statement that is to change or find `count` rows.
    ///
    /// - Throws: `error` where it is another number; maybe at a later statement, or at the transaction's end. In either
    ///   case nothing of the transaction is committed.
    package func expect(
        _ count: Int,
        _ sql: String,
        _ arguments: LedgerArguments = [],
        otherwise error: @autoclosure @escaping () -> LedgerError
    ) throws {
        try engine.expect(count, sql, arguments, otherwise: error)
    }

    /// Executes a statement.
    ///
    /// - Returns: How many rows it changed.
    func changes(_ sql: String, _ arguments: LedgerArguments = []) throws -> Int {
        try engine.changes(sql, arguments)
    }

    /// Executes statements without values.
    package func execute(script: String) throws {
        try engine.executeScript(script)
    }

    /// Executes an INSERT of one row into a table whose key is `id`.
    ///
    /// - Returns: The row's number.
    func insert(_ sql: String, _ arguments: LedgerArguments = []) throws -> Int64 {
        try engine.insert(sql, arguments)
    }

    /// The first value of the first row that a statement finds; nothing where there is none, or null.
    ///
    /// - Throws: `LedgerValueError` where it is of another kind.
    package func value<Value: LedgerValueConvertible>(_ sql: String, _ arguments: LedgerArguments = []) throws -> Value?
    {
        guard let value = try engine.firstValue(sql, arguments), value != .null else { return nil }
        guard let value = Value(value) else { throw LedgerValueError() }
        return value
    }

    /// The first value of every row that a statement finds.
    ///
    /// - Throws: `LedgerValueError` where one is of another kind.
    package func values<Value: LedgerValueConvertible>(
        _ sql: String,
        _ arguments: LedgerArguments = []
    ) throws -> [Value] {
        try engine.rows(sql, arguments).map { try $0.value(at: 0) }
    }

    /// Whether a statement finds a row.
    func finds(_ sql: String, _ arguments: LedgerArguments = []) throws -> Bool {
        try engine.firstValue(sql, arguments) != nil
    }

    /// The first row that a statement finds.
    package func row(_ sql: String, _ arguments: LedgerArguments = []) throws -> LedgerRow? {
        try engine.firstRow(sql, arguments)
    }

    /// All rows that a statement finds.
    package func rows(_ sql: String, _ arguments: LedgerArguments = []) throws -> [LedgerRow] {
        try engine.rows(sql, arguments)
    }

    /// The rows that a statement finds, one after the other: none is held longer than until the next.
    func cursor(_ sql: String, _ arguments: LedgerArguments = []) throws -> any LedgerCursor {
        try engine.cursor(sql, arguments)
    }

    /// What a statement says after a table's name so that an engine uses an index that it would overlook.
    func hint(index: String) -> String {
        engine.hint(index: index)
    }

    /// What an UPDATE of a table's one row says at its end to leave out a row that another process is changing.
    func unlessLocked(_ table: String) -> String {
        engine.unlessLocked(table)
    }

    /// Whether the ledger has a table; one that has not been migrated yet is only read.
    func hasTable(_ name: String) throws -> Bool {
        try engine.hasTable(name)
    }
}
