import Domain
import GRDB

extension RowFilter {
    /// What links must meet, apart from the state.
    func linkCondition(_ database: Database) throws -> (sql: String, arguments: StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        if let since {
            conditions.append("links.updated_at >= :since")
            arguments += ["since": since.milliseconds]
        }
        if let run {
            let past = try database.tableExists("past_states")
            conditions.append(
                "(links.run = :run OR links.id IN (SELECT link FROM attempts WHERE run = :run)"
                    + (past ? " OR links.id IN (SELECT link FROM past_states WHERE run = :run))" : ")")
            )
            arguments += ["run": run]
        }
        if isUnhealthy {
            conditions.append(
                try database.tableExists("items")
                    ? "links.item IN (SELECT id FROM items WHERE action <> 'none' AND action <> 'retry')" : "0"
            )
        }
        return (conditions.isEmpty ? "1" : conditions.joined(separator: " AND "), arguments)
    }
}
