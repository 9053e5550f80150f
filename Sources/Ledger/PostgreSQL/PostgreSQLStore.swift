import Dispatch

/// A connection to a ledger on a server.
struct PostgreSQLStore: LedgerStore {
    private let name: String
    private let connection: PostgreSQLConnection
    /// libpq waits for the server, which no thread that others need may do.
    private let queue = DispatchQueue(label: "ledger")

    /// Connects.
    ///
    /// - Throws: `LedgerError`.
    init(_ server: ServerAddress) throws {
        name = server.name
        connection = try Self.translating(server.name) { try PostgreSQLConnection(server) }
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (LedgerSession) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: .init { try transaction("BEGIN", body) }) }
        }
    }

    func writeNow<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try transaction("BEGIN", body)
    }

    func read<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
    }

    private func transaction<Result>(_ begin: String, _ body: (LedgerSession) throws -> Result) throws -> Result {
        try Self.translating(name) { try connection.alone { try uninterrupted(begin, body) } }
    }

    private func uninterrupted<Result>(_ begin: String, _ body: (LedgerSession) throws -> Result) throws -> Result {
        try connection.execute(begin)
        let result: Result
        do {
            result = try body(LedgerSession(PostgreSQLEngine(connection)))
        } catch {
            _ = try? connection.execute("ROLLBACK")
            throw error
        }
        // Where the answer is lost, nobody knows whether it was committed: that is a failure like any other, after which
        // nothing leaves any more.
        guard try connection.execute("COMMIT").command == "COMMIT" else {
            throw LedgerError.cannotWrite(path: name, why: "the server has undone the transaction")
        }
        return result
    }

    /// Runs `body` and puts what the server says into the ledger's own words.
    private static func translating<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as PostgreSQLError {
            throw error.ledgerError(name)
        } catch is LedgerValueError {
            throw SQLiteFile.undecodable(name)
        }
    }
}
