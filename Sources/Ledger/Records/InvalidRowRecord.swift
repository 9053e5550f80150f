import Domain

/// A row of the table `invalid_rows`.
enum InvalidRowRecord {
    static func insert(_ row: InvalidRow, run: Int64, seenAt: Timestamp, _ database: LedgerSession) throws {
        try database.execute(
            """
            INSERT INTO invalid_rows (run, file, line, problem_line, problem_column, reason, message, reference,
                owner_kind, owner_id, account_id, seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                run, row.position.file, row.position.line, row.line, row.column, row.reason.rawValue, row.message,
                row.reference, row.owner?.kind.rawValue, row.owner?.id, row.accountID, seenAt.milliseconds,
            ]
        )
    }

    /// The invalid lines of a run, or of the newest one, that were seen at `since` or later, in input order.
    static func fetch(run: Int64? = nil, since: Timestamp? = nil, _ database: LedgerSession) throws -> any LedgerCursor
    {
        try database.cursor(
            """
            SELECT invalid_rows.*, runs.name AS run_name FROM invalid_rows JOIN runs ON runs.id = invalid_rows.run
            WHERE invalid_rows.run = coalesce(:run, (SELECT max(id) FROM runs WHERE kind = 'run'))
                AND seen_at >= coalesce(:since, seen_at)
            ORDER BY invalid_rows.id
            """,
            ["run": run, "since": since?.milliseconds]
        )
    }

    /// The report's row for one of them.
    static func reportRow(_ row: LedgerRow) throws -> ReportRow {
        var report = ReportRow(state: .invalid, action: .fixRow)
        report.reference = try row.value("reference")
        report.owner = try row.owner()
        report.accountID = try row.value("account_id")
        report.failure = Failure(source: .input, code: try row.value("reason"), message: try row.value("message"))
        report.firstSeenAt = try row.timestamp("seen_at")
        report.updatedAt = try row.timestamp("seen_at")
        report.runID = try row.value("run_name")
        report.inputFile = try row.value("file")
        report.inputLine = try row.value("line")
        return report
    }
}
