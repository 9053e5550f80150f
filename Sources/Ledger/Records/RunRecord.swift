import Domain

/// A row of the table `runs`.
enum RunRecord {
    static func start(_ opening: LedgerOpening, _ database: LedgerSession) throws -> Int64 {
        // One more than the newest, and no number of an engine's own choice: none may be beyond the epoch.
        try database.insert(
            """
            INSERT INTO runs (id, name, kind, command, started_at)
            VALUES ((SELECT coalesce(max(id), 0) + 1 FROM runs), ?, ?, ?, ?)
            """,
            [opening.runID, opening.kind.rawValue, opening.command, opening.startedAt.milliseconds]
        )
    }

    static func finish(_ run: Int64, _ summary: RunSummary, _ database: LedgerSession) throws {
        try database.execute(
            """
            UPDATE runs SET finished_at = ?, outcome = ?, exit_code = ?, rows_read = ?, rows_attempted = ?
            WHERE id = ?
            """,
            [
                summary.finishedAt.milliseconds, summary.verdict.outcome.rawValue, summary.verdict.exitCode,
                summary.rows.read, summary.rows.attempted, run,
            ]
        )
        for (state, rows) in summary.states {
            try database.execute(
                """
                INSERT INTO run_states (run, state, rows) VALUES (?, ?, ?)
                ON CONFLICT (run, state) DO UPDATE SET rows = excluded.rows
                """,
                [run, state.rawValue, rows]
            )
        }
        for api in API.allCases {
            let calls = summary.calls[api] ?? RunSummary.Calls()
            try database.execute(
                """
                INSERT INTO run_calls (run, api, ok, rate_limited, failed, rate_given) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (run, api) DO UPDATE SET ok = excluded.ok, rate_limited = excluded.rate_limited,
                    failed = excluded.failed, rate_given = excluded.rate_given
                """,
                [run, api.rawValue, calls.ok, calls.rateLimited, calls.failed, summary.ratesGiven[api]]
            )
        }
        try forgetUnchanged(run, database)
    }

    /// Notes that what was no run came to its end.
    static func finish(_ run: Int64, at: Timestamp, _ database: LedgerSession) throws {
        try database.execute("UPDATE runs SET finished_at = ? WHERE id = ?", [at.milliseconds, run])
        try forgetUnchanged(run, database)
    }

    /// Forgets what rows were before that are the same again: a nightly run tries thousands to no avail.
    private static func forgetUnchanged(_ run: Int64, _ database: LedgerSession) throws {
        try database.execute(
            """
            DELETE FROM past_states WHERE run = ? AND EXISTS (
                SELECT 1 FROM links WHERE links.id = past_states.link AND links.state = past_states.state
                    AND coalesce(links.error_code, '') = coalesce(past_states.error_code, ''))
            """,
            [run]
        )
    }
}
