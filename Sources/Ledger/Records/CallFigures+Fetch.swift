import Domain

extension CallFigures {
    /// The figures of a run's calls, or of the newest run's that made any; nothing where there is no such run.
    static func fetch(of wanted: RunOnRecord?, _ database: LedgerSession) throws -> CallFigures? {
        guard let run = try wanted ?? newestWithCalls(database) else { return nil }
        let newestCall: Int64? = try database.value(
            "SELECT max(sent_at) FROM attempts WHERE run = ? AND call NOT IN ('resolve', 'adopt')",
            [run.number]
        )
        let end = max(run.finishedAt?.milliseconds ?? 0, newestCall ?? 0)
        var figures = CallFigures(
            run: run,
            time: TimeSlots(from: run.startedAt, to: Timestamp(milliseconds: end))
        )
        try figures.read(database)
        return figures
    }

    private static func newestWithCalls(_ database: LedgerSession) throws -> RunOnRecord? {
        let number: Int64? = try database.value(
            """
            SELECT run FROM attempts JOIN runs ON runs.id = attempts.run
            WHERE kind = 'run' AND call NOT IN ('resolve', 'adopt') ORDER BY attempts.id DESC LIMIT 1
            """
        )
        return try number.flatMap { try RunOnRecord.numbered($0, database) }
    }

    private mutating func read(_ database: LedgerSession) throws {
        let rows = try database.cursor(
            Self.sql,
            [
                "run": run.number, "start": time.start.milliseconds, "width": time.width.wholeMilliseconds,
            ]
        )
        while let row = try rows.next() {
            guard let call = Attempt.Call(rawValue: try row.value("call")),
                let result = Attempt.Result(rawValue: try row.value("result"))
            else { continue }
            let length: Int64? = try row.value("length")
            note(
                call,
                result,
                slot: try row.value("slot"),
                latency: length.map { .milliseconds($0) },
                count: try row.value("calls")
            )
        }
    }

    /// One pass over the calls.
    ///
    /// A list that several rows of its owner wait for is recorded for each of them, and is one call. Lengths come as
    /// coarsely as `LatencyTally` keeps them, so that there are few groups.
    private static let sql = """
        WITH calls AS (
            SELECT call, result, sent_at, latency FROM attempts WHERE run = :run AND call IN ('mint', 'post')
            UNION ALL
            SELECT 'list', min(result), sent_at, min(latency) FROM attempts JOIN links ON links.id = attempts.link
            WHERE attempts.run = :run AND call = 'list' GROUP BY owner_kind, owner_key, sent_at
        )
        SELECT call, result, (sent_at - :start) / :width AS slot, CASE WHEN latency < 1000 THEN latency
            WHEN latency < 10000 THEN latency / 10 * 10 ELSE latency / 100 * 100 END AS length, count(*) AS calls
        FROM calls GROUP BY 1, 2, 3, 4
        """
}
