package import Domain

/// The ledger in a few numbers.
package struct LedgerTotals: Sendable, Equatable {
    /// Rows by state, the newest run's invalid ones included.
    package var states: [RowState: Int]
    /// Processor tokens that were made and that nobody uses.
    package var orphanTokens: Int
    /// Why rows are in doubt still: the codes of their failures.
    package var doubtCodes: Set<String>

    static func fetch(_ database: LedgerSession) throws -> LedgerTotals {
        var states: [RowState: Int] = [:]
        var linked = try database.value("SELECT count(*) FROM links") ?? 0
        let open = try database.cursor(
            "SELECT state, count(*) AS rows FROM links WHERE state <> 'linked' GROUP BY state"
        )
        while let row = try open.next() {
            guard let state = RowState(rawValue: try row.value("state")) else { continue }
            let count: Int = try row.value("rows")
            states[state] = count
            linked -= count
        }
        states[.linked] = linked
        states[.invalid] =
            try
            (database.value(
                """
                SELECT count(*) FROM invalid_rows
                WHERE run = (SELECT max(id) FROM runs WHERE kind = 'run')
                """
            ) as Int?)
        let orphans: Int? = try database.value("SELECT sum(orphans) FROM links WHERE orphans > 0")
        let codes = try Set(
            database.values(
                """
                SELECT DISTINCT error_code FROM links
                WHERE state = 'in_doubt' AND state <> 'linked' AND error_code IS NOT NULL
                """
            ) as [String]
        )
        return LedgerTotals(states: states, orphanTokens: orphans ?? 0, doubtCodes: codes)
    }
}
