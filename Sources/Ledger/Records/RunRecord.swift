import Domain
import GRDB

/// A row of the table `runs`.
enum RunRecord {
    static func start(_ opening: LedgerOpening, _ database: Database) throws -> Int64 {
        try database.execute(
            sql: "INSERT INTO runs (name, kind, command, started_at) VALUES (?, ?, ?, ?)",
            arguments: [opening.runID, opening.kind.rawValue, opening.command, opening.startedAt.milliseconds]
        )
        return database.lastInsertedRowID
    }

    static func finish(_ run: Int64, _ summary: RunSummary, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE runs SET finished_at = ?, outcome = ?, exit_code = ?, rows_read = ?, rows_attempted = ?
                WHERE id = ?
                """,
            arguments: [
                summary.finishedAt.milliseconds, summary.verdict.outcome.rawValue, summary.verdict.exitCode,
                summary.rows.read, summary.rows.attempted, run,
            ]
        )
    }
    /// Notes that what was no run came to its end.
    static func finish(_ run: Int64, at: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE runs SET finished_at = ? WHERE id = ?",
            arguments: [at.milliseconds, run]
        )
    }
}
