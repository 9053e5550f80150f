import Dispatch
package import Domain
import Synchronization

/// What the workers of a ledger on a server share of each API, as a text that is theirs to read.
///
/// On a connection of its own, for pacing waits for no group commit. What is kept need not be durable at once: where the
/// server was restarted since, who reads it is told.
package final class ClimateStore: Sendable {
    /// What is kept of an API.
    package struct Reading: Sendable {
        /// The text; nothing where none was kept.
        package let state: String?
        /// When the server was asked, since 1970 by its clock.
        package let asked: Duration
        /// When the text was read, after all who had come before.
        package let now: Duration
        /// Whether the server was restarted since the text was kept, and may have forgotten a later one.
        package let hasRestarted: Bool
        /// What the server's life is known by.
        fileprivate let life: String
    }

    /// How long a server may be away, as for everything else that is written.
    private static let patience = Duration.seconds(60)
    /// How long a worker that went to sleep in the middle of an exchange keeps the others waiting.
    private static let longestExchange = "5s"

    private let server: ServerAddress
    /// Learns why an exchange failed for good.
    private let note: @Sendable (LedgerError) -> Void
    private let connection = Mutex(PostgreSQLConnection?.none)
    /// libpq waits for the server, which no thread that others need may do.
    private let queue = DispatchQueue(label: "climate")

    /// Connects at the first exchange.
    init(_ server: ServerAddress, note: @escaping @Sendable (LedgerError) -> Void) {
        (self.server, self.note) = (server, note)
    }

    /// Reads what is kept of an API and keeps another text in its place, while nobody else does.
    ///
    /// - Parameters:
    ///   - api: The API.
    ///   - body: Gives the new text; called again where the connection was lost and the text may not have been kept.
    /// - Returns: What `body` gives besides.
    /// - Throws: What `body` throws, and `LedgerError`: where the server stays away, after a minute.
    package func exchange<Result: Sendable>(
        _ api: API,
        _ body: @escaping @Sendable (Reading) throws -> (state: String, result: Result)
    ) async throws -> Result {
        let end = ContinuousClock.now + Self.patience
        var pause = Duration.milliseconds(100)
        while true {
            do {
                return try await attempt(api, body)
            } catch let error as LedgerError {
                guard error.isServerAway, ContinuousClock.now + pause < end else {
                    note(error)
                    throw error
                }
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(2))
            }
        }
    }

    private func attempt<Result: Sendable>(
        _ api: API,
        _ body: @escaping @Sendable (Reading) throws -> (state: String, result: Result)
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: .init { try self.attemptNow(api, body) }) }
        }
    }

    private func attemptNow<Result>(
        _ api: API,
        _ body: (Reading) throws -> (state: String, result: Result)
    ) throws -> Result {
        do {
            let connection = try connected()
            return try connection.alone { try transact(connection, api, body) }
        } catch let error as PostgreSQLError {
            if error.isLost { connection.withLock { $0 = nil } }
            throw error.ledgerError(server.name)
        }
    }

    private func connected() throws -> PostgreSQLConnection {
        if let known = connection.withLock({ $0 }) { return known }
        let new = try PostgreSQLConnection(server)
        try new.execute(
            "SET synchronous_commit = off; SET idle_in_transaction_session_timeout = '\(Self.longestExchange)'"
        )
        // So there is always a row to lock.
        for api in API.allCases {
            try new.execute("INSERT INTO climates VALUES ('\(api.rawValue)', '', '', 0) ON CONFLICT DO NOTHING")
        }
        connection.withLock { $0 = new }
        return new
    }

    /// There and back to read, there and back to write.
    private func transact<Result>(
        _ connection: PostgreSQLConnection,
        _ api: API,
        _ body: (Reading) throws -> (state: String, result: Result)
    ) throws -> Result {
        do {
            let reading = try read(connection, api)
            let (state, result) = try body(reading)
            let end = try connection.execute(Self.keeping(state, of: api, reading))
            guard end.command == "COMMIT" else {
                throw LedgerError.cannotWrite(path: server.name, why: "the server has undone the transaction")
            }
            return result
        } catch {
            _ = try? connection.execute("ROLLBACK")
            throw error
        }
    }

    private func read(_ connection: PostgreSQLConnection, _ api: API) throws -> Reading {
        let answer = try connection.execute(Self.reading(api))
        guard answer.rowCount == 1, case .integer(let asked) = answer.value(0, 0),
            case .integer(let now) = answer.value(0, 1), case .text(let life) = answer.value(0, 2),
            case .text(let state) = answer.value(0, 3), case .text(let known) = answer.value(0, 4)
        else { throw LedgerError.undecodable(server.name) }
        return Reading(
            state: state.isEmpty ? nil : state,
            asked: .microseconds(asked),
            now: .microseconds(now),
            hasRestarted: !state.isEmpty && life != known,
            life: life
        )
    }

    /// The clock is read after the row is locked, which a select list that stands with FOR UPDATE does not wait for.
    private static func reading(_ api: API) -> String {
        """
        BEGIN ISOLATION LEVEL READ COMMITTED;
        WITH kept AS MATERIALIZED (
            SELECT state, server_started FROM climates WHERE api = '\(api.rawValue)' FOR UPDATE
        )
        SELECT (extract(epoch FROM statement_timestamp()) * 1000000)::bigint,
            (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, pg_postmaster_start_time()::text,
            kept.state, kept.server_started
        FROM kept
        """
    }

    private static func keeping(_ state: String, of api: API, _ reading: Reading) -> String {
        let quoted = state.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        return """
            UPDATE climates SET state = '\(quoted)', server_started = '\(reading.life)',
                changed_at = \(reading.now.components.seconds * 1_000)
            WHERE api = '\(api.rawValue)';
            COMMIT
            """
    }
}
