import Dispatch

/// A connection to a ledger on a server.
struct PostgreSQLStore: LedgerStore {
    /// A connection that was lost within a transaction.
    struct Loss: Sendable {
        let error: LedgerError
        let session: PostgreSQLSession
    }

    /// What became of a transaction.
    enum Attempt<Result: Sendable>: Sendable {
        case done(Result)
        /// The connection was lost; a result is there where only the answer to COMMIT is missing.
        case lost(Loss, Result?)
    }

    /// Each statement sees what others have committed before it, whatever the server is set to: who waited for a lock has to.
    private static let begin = "BEGIN ISOLATION LEVEL READ COMMITTED"

    /// How often a transaction is carried out again because of others.
    private static let mostConflicts = 10

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
            queue.async {
                continuation.resume(
                    with: .init {
                        try Self.translating(name) {
                            try persisting { try carryOut(Self.begin, isOptimistic: $0, body) { _ in } }
                        }
                    }
                )
            }
        }
    }

    var mayRepeat: Bool { true }

    func writeNow<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try transaction(Self.begin, body)
    }

    func read<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
    }

    /// Runs `body` in a transaction that a worker signs with a number, and says what became of that.
    ///
    /// - Throws: What `body` throws, and what the server says of its statements as `LedgerError`; `.takenOver` where the
    ///   run is no worker any more.
    func attempt<Result: Sendable>(
        _ number: Int64,
        of run: Int64,
        _ body: @escaping @Sendable (LedgerSession) throws -> Result
    ) async throws -> Attempt<Result> {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: .init { try attemptNow(number, of: run, body) }) }
        }
    }

    /// Ends an earlier session of this process's, if the server still has it.
    func end(_ session: PostgreSQLSession) throws {
        _ = try read { database in
            try database.row(
                """
                SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
                WHERE pid = ? AND backend_start::text = ?
                """,
                [session.number, session.start]
            )
        }
    }

    private func attemptNow<Result: Sendable>(
        _ number: Int64,
        of run: Int64,
        _ body: (LedgerSession) throws -> Result
    ) throws -> Attempt<Result> {
        var result: Result?
        do {
            let done: Result = try persisting { isOptimistic in
                result = nil
                return try carryOut(Self.begin, isOptimistic: isOptimistic) { session in
                    try WorkerRecord.sign(run, number: number, session, name: name)
                    return try body(session)
                } note: {
                    result = $0
                }
            }
            return .done(done)
        } catch let error as PostgreSQLError where error.isLost {
            return .lost(Loss(error: error.ledgerError(name), session: connection.session), result)
        } catch {
            return try Self.translating(name) { throw error }
        }
    }

    /// Carries out a transaction in the hope that every statement succeeds, and where one did not, step by step.
    ///
    /// Then what is wrong is found where it is, and told as on any other engine. A transaction that another was in the
    /// way of is simply carried out again.
    private func persisting<Result>(_ transaction: (_ isOptimistic: Bool) throws -> Result) throws -> Result {
        var (isOptimistic, conflicts) = (true, 0)
        while true {
            do {
                return try transaction(isOptimistic)
            } catch let error as PostgreSQLError where error.isLost {
                throw error
            } catch let error as PostgreSQLError where error.isConflict && conflicts < Self.mostConflicts {
                conflicts += 1
            } catch  where isOptimistic {
                isOptimistic = false
            }
        }
    }

    private func transaction<Result>(_ begin: String, _ body: (LedgerSession) throws -> Result) throws -> Result {
        try Self.translating(name) { try carryOut(begin, isOptimistic: false, body) { _ in } }
    }

    /// Carries out a transaction; `note` learns what it gives before it is committed.
    private func carryOut<Result>(
        _ begin: String,
        isOptimistic: Bool,
        _ body: (LedgerSession) throws -> Result,
        note: (Result) -> Void
    ) throws -> Result {
        try connection.alone {
            let engine = PostgreSQLEngine(connection, isOptimistic: isOptimistic)
            do {
                try engine.execute(begin, [])
                let result = try body(LedgerSession(engine))
                try engine.settle()
                note(result)
                guard try connection.execute("COMMIT").command == "COMMIT" else {
                    throw LedgerError.cannotWrite(path: name, why: "the server has undone the transaction")
                }
                return result
            } catch {
                _ = try? engine.settle()
                _ = try? connection.execute("ROLLBACK")
                throw error
            }
        }
    }

    /// Runs `body` and puts what the server says into the ledger's own words.
    private static func translating<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as PostgreSQLError {
            throw error.ledgerError(name)
        } catch is LedgerValueError {
            throw LedgerError.undecodable(name)
        }
    }
}
