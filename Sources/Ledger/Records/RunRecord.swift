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
        for (state, rows) in summary.states {
            try database.execute(
                sql: "INSERT OR REPLACE INTO run_states VALUES (?, ?, ?)",
                arguments: [run, state.rawValue, rows]
            )
        }
        for api in API.allCases {
            let calls = summary.calls[api] ?? RunSummary.Calls()
            try database.execute(
                sql: "INSERT OR REPLACE INTO run_calls VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [run, api.rawValue, calls.ok, calls.rateLimited, calls.failed, summary.ratesGiven[api]]
            )
        }
        try forgetUnchanged(run, database)
    }

    /// Notes that what was no run came to its end.
    static func finish(_ run: Int64, at: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE runs SET finished_at = ? WHERE id = ?",
            arguments: [at.milliseconds, run]
        )
        try forgetUnchanged(run, database)
    }

    /// Forgets what rows were before that are the same again: a nightly run tries thousands to no avail.
    private static func forgetUnchanged(_ run: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM past_states WHERE run = ? AND EXISTS (
                    SELECT 1 FROM links WHERE links.id = past_states.link AND links.state = past_states.state
                        AND links.error_code IS past_states.error_code)
                """,
            arguments: [run]
        )
    }
}
