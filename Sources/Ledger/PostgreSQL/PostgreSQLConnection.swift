import CPostgreSQL
import Synchronization

/// A connection to a server, for one thread at a time.
final class PostgreSQLConnection: Sendable {
    /// libpq's connection, as a number: Swift lets no pointer pass from one thread to another, libpq lets this one.
    private let address: UInt
    let prepared = Mutex(PreparedStatements())
    private let tables = Mutex(Set<String>())
    private let turn = Mutex(())
    /// What the server knows this connection by.
    private let identity = Mutex(PostgreSQLSession(number: 0, start: ""))
    var session: PostgreSQLSession { identity.withLock { $0 } }

    /// Connects and makes sure that what is committed is durable.
    ///
    /// - Throws: `LedgerError.unreachable`, `.refused` or `.insecure`; `PostgreSQLError`.
    init(_ server: ServerAddress) throws {
        address = UInt(bitPattern: try PostgreSQLDial(server).connect())
        try prepareSession()
    }

    deinit {
        PQfinish(pointer)
    }

    /// Runs `body` while nobody else uses the connection; in the caller's thread, as others may hold it to that.
    func alone<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
        var result: Result<Outcome, any Error>?
        turn.withLock { _ in result = Result { try body() } }
        guard let result else { throw PostgreSQLError(state: "", reason: "nothing was done", isLost: false) }
        return try result.get()
    }

    /// Executes statements without values.
    @discardableResult
    func execute(_ script: String) throws -> PostgreSQLAnswer {
        try checked(PQexec(pointer, script))
    }

    /// Executes a statement that is used over and over.
    func execute(_ sql: String, _ arguments: LedgerArguments) throws -> PostgreSQLAnswer {
        let prepared = try prepare(sql)
        let parameters = PostgreSQLParameters(arguments.values(of: prepared.names))
        return try checked(
            parameters.withPointers { PQexecPrepared(pointer, prepared.name, $0, $1, nil, nil, 0) }
        )
    }

    /// Executes a statement once; `prefix` stands before it.
    @discardableResult
    func executeOnce(_ prefix: String, _ sql: String, _ arguments: LedgerArguments) throws -> PostgreSQLAnswer {
        let statement = StatementText(sql)
        let parameters = PostgreSQLParameters(arguments.values(of: statement.names))
        return try checked(
            parameters.withPointers { PQexecParams(pointer, prefix + statement.text, $0, nil, $1, nil, nil, 0) }
        )
    }

    /// Whether the schema has a table; one that was there is not asked for again.
    func hasTable(_ name: String) throws -> Bool {
        if tables.withLock({ $0.contains(name) }) { return true }
        let sql = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = ?"
        let isThere = try execute(sql, [name]).rowCount > 0
        if isThere { tables.withLock { _ = $0.insert(name) } }
        return isThere
    }

    /// libpq's connection, for who is alone with it.
    var pointer: OpaquePointer? { OpaquePointer(bitPattern: address) }

    private func prepare(_ sql: String) throws -> PreparedStatement {
        if let known = prepared.withLock({ $0[sql] }) { return known }
        let new = prepared.withLock { $0.make(sql) }
        try checked(PQprepare(pointer, new.name, new.text, 0, nil))
        prepared.withLock { $0[sql] = new }
        return new
    }

    /// What libpq gave, where the statement did what it was to do.
    @discardableResult
    func checked(_ result: OpaquePointer?) throws -> PostgreSQLAnswer {
        let answer = PostgreSQLAnswer(result)
        if answer.isGood { return answer }
        let isLost = PQstatus(pointer) == CONNECTION_BAD
        let message = answer.message.isEmpty ? Self.sentence(PQerrorMessage(pointer)) : answer.message
        throw PostgreSQLError(state: answer.state, reason: message, isLost: isLost)
    }

    /// What libpq says, on one line.
    static func sentence(_ message: UnsafePointer<CChar>?) -> String {
        let text = message.map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).map { String($0.drop(while: \.isWhitespace)) }
            .joined(separator: "; ")
    }

    private func prepareSession() throws {
        try execute(
            """
            SELECT pg_catalog.set_config(name, CASE name WHEN 'client_min_messages' THEN 'error'
                WHEN 'bytea_output' THEN 'hex' WHEN 'standard_conforming_strings' THEN 'on' ELSE '0' END, false)
            FROM pg_catalog.pg_settings WHERE name IN ('client_min_messages', 'bytea_output', 'statement_timeout',
                'standard_conforming_strings', 'idle_in_transaction_session_timeout', 'idle_session_timeout');
            SET synchronous_commit = on
            """
        )
        let me = try execute(
            "SELECT pid::bigint, backend_start::text FROM pg_catalog.pg_stat_activity WHERE pid = pg_backend_pid()"
        )
        if me.rowCount > 0, case (.integer(let number), .text(let start)) = (me.value(0, 0), me.value(0, 1)) {
            identity.withLock { $0 = PostgreSQLSession(number: number, start: start) }
        }
    }
}
