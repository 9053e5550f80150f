import Domain
import GRDB

/// A row of the table `attempts`.
enum AttemptRecord {
    /// The calls made for a row, oldest first.
    static func fetch(link: Link.ID, _ database: Database) throws -> [RecordedAttempt] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT attempts.*, runs.name AS run_name FROM attempts JOIN runs ON runs.id = attempts.run
                WHERE link = ? ORDER BY attempts.id
                """,
            arguments: [link]
        ).compactMap(recorded)
    }

    private static func recorded(_ row: Row) -> RecordedAttempt? {
        guard let call = Attempt.Call(rawValue: row["call"]), let result = Attempt.Result(rawValue: row["result"]),
            let sentAt = row.timestamp("sent_at")
        else { return nil }
        let latency: Int64? = row["latency"]
        return RecordedAttempt(
            runID: row["run_name"],
            attempt: Attempt(
                call: call,
                result: result,
                sentAt: sentAt,
                latency: latency.map { .milliseconds($0) },
                status: row["http_status"],
                code: row["error_code"],
                message: row["message"],
                requestID: row["request_id"]
            )
        )
    }
}
