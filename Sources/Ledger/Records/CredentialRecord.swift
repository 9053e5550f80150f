import Domain
import GRDB

/// What is remembered of credentials: when they worked, and which stops they ended in.
enum CredentialRecord {
    static func lastSuccess(_ api: API, hash: [UInt8], _ database: Database) throws -> Timestamp? {
        try Int64.fetchOne(
            database,
            sql: "SELECT last_success_at FROM credentials WHERE api = ? AND hash = ?",
            arguments: [api.rawValue, hash.data]
        ).map { Timestamp(milliseconds: $0) }
    }

    static func note(_ api: API, hash: [UInt8], at: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO credentials (api, hash, last_success_at) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET last_success_at = max(last_success_at, excluded.last_success_at)
                """,
            arguments: [api.rawValue, hash.data, at.milliseconds]
        )
    }

    static func hasStopped(_ stop: String, hash: [UInt8], before run: Int64, _ database: Database) throws -> Bool {
        try Int.fetchOne(
            database,
            sql: "SELECT 1 FROM stops WHERE stop = ? AND credentials = ? AND run < ? LIMIT 1",
            arguments: [stop, hash.data, run]
        ) != nil
    }

    static func noteStop(_ stop: String, hash: [UInt8], run: Int64, at: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO stops (run, stop, credentials, stopped_at) VALUES (?, ?, ?, ?)",
            arguments: [run, stop, hash.data, at.milliseconds]
        )
    }
}
