#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The right to write a ledger on a server: an advisory lock of the session, which the server frees when it ends.
enum PostgreSQLLock {
    /// "RLNK", and the schema.
    private static let key = "\(Migrations.applicationID), hashtext(current_schema())"

    /// Takes the lock for as long as the connection is there, or says who has it.
    ///
    /// - Throws: `LedgerError.inUse`.
    static func take(_ store: PostgreSQLStore, name: String, holder: String) throws {
        // The server takes a moment to see that a killed process is gone.
        for _ in 0..<10 {
            if try store.writeNow({ try isTaken($0, holder: holder) }) { return }
            usleep(20_000)
        }
        let other = try store.read { try self.holder($0) }
        throw LedgerError.inUse(path: name, holder: other ?? "another run")
    }

    /// Who has the lock now.
    static func holder(_ session: LedgerSession) throws -> String? {
        let row = try session.row(
            """
            SELECT coalesce(application_name, '') AS name FROM pg_catalog.pg_locks
            LEFT JOIN pg_catalog.pg_stat_activity ON pg_stat_activity.pid = pg_locks.pid
            WHERE locktype = 'advisory' AND granted AND classid = ?
                AND objid = (hashtext(current_schema())::bigint & 4294967295) AND pg_locks.database =
                (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            """,
            [Int64(Migrations.applicationID)]
        )
        guard let name: String = try row?.value("name") else { return nil }
        return name.isEmpty || name == "relink" ? "another run" : name
    }

    private static func isTaken(_ session: LedgerSession, holder: String) throws -> Bool {
        guard try session.value("SELECT pg_try_advisory_lock(\(key))") ?? false else { return false }
        // So an administrator sees who it is, too.
        try session.execute("SELECT set_config('application_name', ?, false)", [holder])
        return true
    }
}
