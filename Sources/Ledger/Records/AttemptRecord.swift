import Domain

/// A row of the table `attempts`.
enum AttemptRecord {
    /// The calls made for a row, oldest first.
    static func fetch(link: Link.ID, _ database: LedgerSession) throws -> [RecordedAttempt] {
        try database.rows(
            """
            SELECT attempts.*, runs.name AS run_name FROM attempts JOIN runs ON runs.id = attempts.run
            WHERE link = ? ORDER BY attempts.id
            """,
            [link]
        ).compactMap(recorded)
    }

    private static func recorded(_ row: LedgerRow) throws -> RecordedAttempt? {
        guard let call = Attempt.Call(rawValue: try row.value("call")),
            let result = Attempt.Result(rawValue: try row.value("result")),
            let sentAt = try row.timestamp("sent_at")
        else { return nil }
        let latency: Int64? = try row.value("latency")
        return RecordedAttempt(
            runID: try row.value("run_name"),
            attempt: Attempt(
                call: call,
                result: result,
                sentAt: sentAt,
                latency: latency.map { .milliseconds($0) },
                status: try row.value("http_status"),
                code: try row.value("error_code"),
                message: try row.value("message"),
                requestID: try row.value("request_id")
            )
        )
    }
}
