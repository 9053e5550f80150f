import Domain

/// What is remembered of credentials: when they worked, and which stops they ended in.
enum CredentialRecord {
    static func lastSuccess(_ api: API, hash: [UInt8], _ database: LedgerSession) throws -> Timestamp? {
        try database.row("SELECT last_success_at FROM credentials WHERE api = ? AND hash = ?", [api.rawValue, hash])?
            .timestamp("last_success_at")
    }

    static func note(_ api: API, hash: [UInt8], at: Timestamp, _ database: LedgerSession) throws {
        try database.execute(
            """
            INSERT INTO credentials (api, hash, last_success_at) VALUES (?, ?, ?)
            ON CONFLICT (api, hash) DO UPDATE SET last_success_at = excluded.last_success_at
            WHERE excluded.last_success_at > credentials.last_success_at
            """,
            [api.rawValue, hash, at.milliseconds]
        )
    }

    /// Whether an earlier run ended in a stop, and before `moment` if that is given.
    static func hasStopped(
        _ stop: String,
        hash: [UInt8],
        before run: Int64,
        and moment: Timestamp?,
        _ database: LedgerSession
    ) throws -> Bool {
        try database.finds(
            "SELECT 1 FROM stops WHERE stop = ? AND credentials = ? AND run < ? AND stopped_at < ? LIMIT 1",
            [stop, hash, run, moment?.milliseconds ?? .max]
        )
    }

    static func noteStop(_ stop: String, hash: [UInt8], run: Int64, at: Timestamp, _ database: LedgerSession) throws {
        try database.execute(
            "INSERT INTO stops (run, stop, credentials, stopped_at) VALUES (?, ?, ?, ?)",
            [run, stop, hash, at.milliseconds]
        )
    }
}
