import Domain

/// A transaction on a PostgreSQL server.
final class PostgreSQLEngine: LedgerEngine {
    private let connection: PostgreSQLConnection
    private var cursors = 0

    init(_ connection: PostgreSQLConnection) {
        self.connection = connection
    }

    func execute(_ sql: String, _ arguments: LedgerArguments) throws -> Int {
        try connection.execute(sql, arguments).changes
    }

    func executeScript(_ script: String) throws {
        try connection.execute(script)
    }

    func insert(_ sql: String, _ arguments: LedgerArguments) throws -> Int64 {
        guard case .integer(let id)? = try firstValue(sql + " RETURNING id", arguments) else {
            throw LedgerValueError()
        }
        return id
    }

    func firstValue(_ sql: String, _ arguments: LedgerArguments) throws -> LedgerValue? {
        let answer = try connection.execute(sql, arguments)
        return answer.rowCount > 0 ? answer.value(0, 0) : nil
    }

    func firstRow(_ sql: String, _ arguments: LedgerArguments) throws -> LedgerRow? {
        let answer = try connection.execute(sql, arguments)
        return answer.rowCount > 0 ? LedgerRow(answer.columns, live: PostgreSQLRow(answer, 0)) : nil
    }

    func rows(_ sql: String, _ arguments: LedgerArguments) throws -> [LedgerRow] {
        let answer = try connection.execute(sql, arguments)
        let columns = answer.columns
        return (0..<answer.rowCount).map { LedgerRow(columns, live: PostgreSQLRow(answer, $0)) }
    }

    func cursor(_ sql: String, _ arguments: LedgerArguments) throws -> any LedgerCursor {
        cursors += 1
        let name = "relink_rows\(cursors)"
        try connection.executeOnce("DECLARE \(name) NO SCROLL CURSOR FOR ", sql, arguments)
        return PostgreSQLCursor(connection, name)
    }

    func linked(_ rows: [MarkedRow]) throws -> [Int64?]? {
        // Each question is a way to the server and back.
        let sql = """
            SELECT marks.place, links.id FROM unnest(?::bigint[], ?::bigint[]) WITH ORDINALITY AS marks (high, low, place)
            JOIN links ON input_high = high AND input_low = low AND state = 'linked'
            """
        let answer = try connection.execute(sql, [PostgreSQLArray.text(rows.map(\.high)), PostgreSQLArray.text(rows.map(\.low))])
        var numbers = [Int64?](repeating: nil, count: rows.count)
        for row in 0..<answer.rowCount {
            guard case (.integer(let place), .integer(let id)) = (answer.value(row, 0), answer.value(row, 1)) else {
                throw LedgerValueError()
            }
            numbers[Int(place) - 1] = id
        }
        return numbers
    }

    func hint(index: String) -> String { "" }

    func unlessLocked(_ table: String) -> String {
        " WHERE id IN (SELECT id FROM \(table) FOR UPDATE SKIP LOCKED)"
    }

    func hasTable(_ name: String) throws -> Bool {
        try connection.hasTable(name)
    }

    /// After a statement that fails every other one does, back to here.
    func beginPart() throws {
        try connection.execute("SAVEPOINT relink_part")
    }

    func undoPart() throws {
        try connection.execute("ROLLBACK TO SAVEPOINT relink_part")
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

    private let connection: PostgreSQLConnection
    private let name: String
    private var answer: PostgreSQLAnswer?
    private var columns = ColumnNames([])
    private var row = 0

    init(_ connection: PostgreSQLConnection, _ name: String) {
        (self.connection, self.name) = (connection, name)
    }

    func next() throws -> LedgerRow? {
        if answer.map({ row == $0.rowCount && row == Self.piece }) ?? true { try fetch() }
        guard let answer, row < answer.rowCount else { return nil }
        defer { row += 1 }
        return LedgerRow(columns, live: PostgreSQLRow(answer, row))
    }

    private func fetch() throws {
        let answer = try connection.execute("FETCH \(Self.piece) FROM \(name)")
        (self.answer, columns, row) = (answer, answer.columns, 0)
    }
}
