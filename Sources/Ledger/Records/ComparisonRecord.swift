import Domain

/// What rows were at the ends of two runs, put together from what they are now and what runs found them to be.
///
/// At the end of a run a row was what the next run that changed it found, or, where none did, what it is now.
struct ComparisonRecord {
    private let before: RunOnRecord
    private let after: RunOnRecord
    private let arguments: LedgerArguments

    /// - Throws: `LedgerError.noHistory` where what rows were is not on record.
    init(before: RunOnRecord, after: RunOnRecord, _ database: LedgerSession) throws {
        self.before = before
        self.after = after
        arguments = [
            "before": before.number, "after": after.number, "before_end": try Self.end(of: before, database),
            "after_end": try Self.end(of: after, database),
        ]
        guard try Self.isKept(since: before, database) else { throw LedgerError.noHistory(run: before.id) }
        for (run, end) in [(before, "before"), (after, "after")] where try !isWhole(run, end, database) {
            throw LedgerError.noHistory(run: run.id)
        }
    }

    /// The ways rows went, in the order of kinds and states.
    func counts(_ database: LedgerSession) throws -> [RunComparison.Count] {
        let sql =
            "\(Self.changes), ways AS (SELECT state_before, state_after, count(*) AS rows FROM changes GROUP BY 1, 2)"
        let counts = try database.rows(sql + " SELECT * FROM ways", arguments)
            .compactMap(count)
        return counts.sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
    }

    /// Hands out the rows that differ, by owner and account.
    func forEachChange(_ database: LedgerSession, _ body: (RowChange) throws -> Void) throws {
        let sql = """
            \(Self.changes)
            SELECT links.*, runs.name AS run_name, files.path AS file_path, changes.*
            FROM changes JOIN links ON links.id = changes.link
                JOIN runs ON runs.id = links.run JOIN files ON files.id = links.file
            ORDER BY owner_kind, owner_key, account_id
            """
        let rows = try database.cursor(sql, arguments)
        while let row = try rows.next() {
            guard let report = try ReportRecord.row(row), let standing = try Self.standing("after", row) else {
                continue
            }
            try body(RowChange(report, before: try Self.standing("before", row), after: standing))
        }
    }

    /// Every row with what it was at both ends.
    private static let ends = """
        WITH found_before AS (
            SELECT link, state, action, error_source, error_code FROM past_states
            WHERE (run, link) IN (SELECT min(run), link FROM past_states WHERE run > :before GROUP BY link)
        ), found_after AS (
            SELECT link, state, action, error_source, error_code FROM past_states
            WHERE (run, link) IN (SELECT min(run), link FROM past_states WHERE run > :after GROUP BY link)
        ), ends AS (
            SELECT links.id AS link, first_seen_at <= :before_end AS was_there, first_seen_at <= :after_end AS is_there,
                \(columns("before")), \(columns("after"))
            FROM links LEFT JOIN found_before ON found_before.link = links.id
                LEFT JOIN found_after ON found_after.link = links.id
        )
        """

    private static func columns(_ end: String) -> String {
        ["state", "action", "error_source", "error_code"].map { column in
            "CASE WHEN found_\(end).link IS NULL THEN links.\(column) ELSE found_\(end).\(column) END AS \(column)_\(end)"
        }.joined(separator: ", ")
    }

    /// Those of them that differ; what a row that was not there yet was before is null.
    private static let changes =
        ends + """
            , changes AS (
                SELECT link, state_after, action_after, error_source_after, error_code_after,
                    CASE WHEN was_there THEN state_before END AS state_before,
                    CASE WHEN was_there THEN action_before END AS action_before,
                    CASE WHEN was_there THEN error_source_before END AS error_source_before,
                    CASE WHEN was_there THEN error_code_before END AS error_code_before
                FROM ends WHERE is_there AND (NOT was_there OR state_before <> state_after
                    OR action_before <> action_after OR coalesce(error_code_before, '') <> coalesce(error_code_after, ''))
            )
            """

    private static func standing(_ end: String, _ row: LedgerRow) throws -> RowChange.Standing? {
        let state: String? = try row.value("state_\(end)")
        let action: String? = try row.value("action_\(end)")
        guard let state = state.flatMap(RowState.init(rawValue:)),
            let action = action.flatMap(RowAction.init(rawValue:))
        else { return nil }
        return RowChange.Standing(
            state,
            action,
            errorSource: try row.value("error_source_\(end)"),
            errorCode: try row.value("error_code_\(end)")
        )
    }

    private func count(_ row: LedgerRow) throws -> RunComparison.Count? {
        let before: String? = try row.value("state_before")
        let state = before.flatMap(RowState.init(rawValue:))
        guard let after = RowState(rawValue: try row.value("state_after")) else { return nil }
        let kind: RowChange.Kind = state == nil ? .added : state == after ? .reason : .moved
        return RunComparison.Count(kind, before: state, after: after, rows: try row.value("rows"))
    }

    private static func order(_ count: RunComparison.Count) -> [Int] {
        [
            RowChange.Kind.allCases.firstIndex(of: count.kind) ?? 0,
            count.before.flatMap(RowState.allCases.firstIndex) ?? -1,
            RowState.allCases.firstIndex(of: count.after) ?? 0,
        ]
    }

    /// When the run was over: where it was killed, when the next one began.
    private static func end(of run: RunOnRecord, _ database: LedgerSession) throws -> Int64 {
        if let finishedAt = run.finishedAt { return finishedAt.milliseconds }
        let next: Int64? = try database.value(
            "SELECT started_at - 1 FROM runs WHERE id > ? ORDER BY id LIMIT 1",
            [run.number]
        )
        return next ?? .max
    }

    /// Whether every run after this one kept what it found: the ledger's version had come to do so.
    private static func isKept(since run: RunOnRecord, _ database: LedgerSession) throws -> Bool {
        guard try RunOnRecord.isKept(database) else { return false }
        return try database.value(
            """
            SELECT coalesce((SELECT min(run) FROM run_states)
                <= coalesce((SELECT min(id) FROM runs WHERE id > :run), :run), false)
            """,
            ["run": run.number]
        ) ?? false
    }

    /// Whether what is put together gives the counts that the run itself took down; pruning and restoring lose some.
    private func isWhole(_ run: RunOnRecord, _ end: String, _ database: LedgerSession) throws -> Bool {
        guard !run.states.isEmpty else { return true }
        var states: [RowState: Int] = [:]
        let isThere = end == "before" ? "was_there" : "is_there"
        let sql = "\(Self.ends) SELECT state_\(end) AS state, count(*) AS rows FROM ends WHERE \(isThere) GROUP BY 1"
        for row in try database.rows(sql, arguments) {
            if let state = RowState(rawValue: try row.value("state")) { states[state] = try row.value("rows") }
        }
        return states == run.states.filter { $0.key != .invalid && $0.value > 0 }
    }
}
