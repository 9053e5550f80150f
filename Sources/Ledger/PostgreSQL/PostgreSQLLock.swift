#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The right to write a ledger on a server: an advisory lock of the session, which the server frees when it ends.
///
/// Workers hold it together, everybody else alone.
enum PostgreSQLLock {
    /// How a session holds it.
    enum Mode {
        case alone
        case shared
    }

    /// "RLNK", and the schema.
    private static let key = "\(Migrations.applicationID), hashtext(current_schema())"

    /// Takes the lock for as long as the connection is there, or says who has it.
    ///
    /// - Throws: `LedgerError.inUse`.
    static func take(_ store: PostgreSQLStore, _ mode: Mode, name: String, holder: String) throws {
        // The server takes a moment to see that a killed process is gone.
        for _ in 0..<10 {
            if try isTaken(store, mode, holder: holder) { return }
            usleep(20_000)
        }
        throw try inUse(store, name: name)
    }

    /// Takes the lock if nobody holds it who does not share it.
    static func isTaken(_ store: PostgreSQLStore, _ mode: Mode, holder: String) throws -> Bool {
        let function = mode == .alone ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared"
        return try store.writeNow { session in
            guard try session.value("SELECT \(function)(\(key))") ?? false else { return false }
            // So an administrator sees who it is, too.
            try session.execute("SELECT set_config('application_name', ?, false)", [holder])
            return true
        }
    }

    /// Shares the lock that this session holds alone.
    static func share(_ store: PostgreSQLStore) throws {
        _ = try store.writeNow { try $0.row("SELECT pg_advisory_lock_shared(\(key)), pg_advisory_unlock(\(key))") }
    }

    /// The error that says who has the lock.
    static func inUse(_ store: PostgreSQLStore, name: String) throws -> LedgerError {
        .inUse(path: name, holder: try store.read { try holder($0) } ?? "another run")
    }

    /// Who has the lock now.
    static func holder(_ session: LedgerSession) throws -> String? {
        let rows = try session.rows(
            """
            SELECT coalesce(application_name, '') AS name FROM pg_catalog.pg_locks
            LEFT JOIN pg_catalog.pg_stat_activity ON pg_stat_activity.pid = pg_locks.pid
            WHERE locktype = 'advisory' AND granted AND classid = ?
                AND objid = (hashtext(current_schema())::bigint & 4294967295) AND pg_locks.database =
                (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            ORDER BY backend_start
            """,
            [Int64(Migrations.applicationID)]
        )
        guard let name: String = try rows.first?.value("name") else { return nil }
        let more = rows.count > 1 ? " and \(rows.count - 1) more" : ""
        return (name.isEmpty || name == "relink" ? "another run" : name) + more
    }
}
