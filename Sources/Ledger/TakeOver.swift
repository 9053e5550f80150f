import Domain

/// Puts in order what a run that died has left: calls that were out become doubts and orphans.
///
/// SQLite uses the index of the rows that are not linked only where its own condition stands in the question.
struct TakeOver {
    private let run: Int64
    private let at: Timestamp
    private let callTimeout: Duration
    /// What tells a dead run's rows from those of workers that are alive.
    private let isLeft: String

    init(run: Int64, at: Timestamp, callTimeout: Duration, isShared: Bool) {
        self.run = run
        self.at = at
        self.callTimeout = callTimeout
        isLeft = isShared ? "NOT EXISTS (SELECT 1 FROM workers WHERE workers.run = links.run)" : "true"
    }

    func perform(_ database: LedgerSession) throws {
        try noteCrashedPosts(database)
        try noteCrashedMints(database)
    }

    private func noteCrashedPosts(_ database: LedgerSession) throws {
        try database.execute(
            """
            INSERT INTO attempts (link, run, call, result, sent_at, message)
            SELECT id, run, 'post', 'crashed', intent_at, 'the process ended before the answer was recorded'
            FROM links WHERE state = 'posting' AND state <> 'linked' AND \(isLeft)
            """
        )
        try database.execute(
            """
            UPDATE links SET state = 'in_doubt', action = 'review', doubt = 'crashed',
                attempt_ended_at = coalesce(attempt_ended_at, intent_at + :timeout),
                error_source = 'network', error_type = NULL,
                error_code = 'crashed', updated_at = :at, run = :run,
                error_message = 'the process ended while the call was out'
            WHERE state = 'posting' AND state <> 'linked' AND \(isLeft)
            """,
            ["timeout": callTimeout.wholeMilliseconds, "at": at.milliseconds, "run": run]
        )
    }

    /// A mint that left and of which nothing was recorded may have made a token that nobody knows.
    private func noteCrashedMints(_ database: LedgerSession) throws {
        let crashed = "FROM links WHERE mint_sent_at IS NOT NULL AND state <> 'linked' AND \(isLeft)"
        try database.execute(
            """
            INSERT INTO attempts (link, run, call, result, sent_at, message)
            SELECT id, run, 'mint', 'crashed', mint_sent_at, 'the process ended before the answer was recorded'
            \(crashed)
            """
        )
        try database.execute(
            """
            UPDATE links SET mint_sent_at = NULL, orphans = orphans + 1
            WHERE mint_sent_at IS NOT NULL AND state <> 'linked' AND \(isLeft)
            """
        )
    }
}
