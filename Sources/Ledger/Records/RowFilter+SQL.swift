import Domain

extension RowFilter {
    /// What links must meet, apart from the state.
    func linkCondition(_ database: LedgerSession) throws -> (sql: String, arguments: LedgerArguments) {
        var conditions: [String] = []
        var arguments: LedgerArguments = [:]
        if let since {
            conditions.append("links.updated_at >= :since")
            arguments = arguments + ["since": since.milliseconds]
        }
        if let run {
            let past = try database.hasTable("past_states")
            conditions.append(
                "(links.run = :run OR links.id IN (SELECT link FROM attempts WHERE run = :run)"
                    + (past ? " OR links.id IN (SELECT link FROM past_states WHERE run = :run))" : ")")
            )
            arguments = arguments + ["run": run]
        }
        if isUnhealthy {
            conditions.append(
                try database.hasTable("items")
                    ? "links.item IN (SELECT id FROM items WHERE action <> 'none' AND action <> 'retry')" : "false"
            )
        }
        return (conditions.isEmpty ? "true" : conditions.joined(separator: " AND "), arguments)
    }
}
