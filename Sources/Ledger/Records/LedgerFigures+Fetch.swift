import Domain
import GRDB

extension LedgerFigures {
    /// Reads the figures of this moment; the calls are those of `run`, or of the newest run that made any.
    static func fetch(run: RunOnRecord?, _ database: Database) throws -> LedgerFigures {
        let totals = try LedgerTotals.fetch(database)
        var figures = LedgerFigures()
        figures.states = totals.states.filter { $0.value > 0 }
        figures.orphanTokens = totals.orphanTokens
        figures.runs = try RunOnRecord.newest(runLimit, database)
        figures.keepsHistory = try RunOnRecord.isKept(database)
        figures.calls = try CallFigures.fetch(of: run, database)
        let errors = try ErrorCount.fetch(database)
        figures.errors = Array(errors.top.prefix(errorLimit))
        figures.errorKinds = errors.kinds
        for state in RowState.allCases where state.needsSomebody && figures.states[state] != nil {
            figures.lists[state] = try rows(in: state, database)
        }
        return figures
    }

    private static func rows(in state: RowState, _ database: Database) throws -> [ReportRow] {
        if state == .invalid {
            var rows: [ReportRow] = []
            let invalid = try InvalidRowRecord.fetch(database)
            while rows.count < rowLimit, let row = try invalid.next() {
                rows.append(try InvalidRowRecord.reportRow(row))
            }
            return rows
        }
        return try Row.fetchAll(database, sql: ReportRecord.first(rowLimit, database), arguments: [state.rawValue])
            .compactMap(ReportRecord.row)
    }
}

extension ErrorCount {
    /// The most frequent errors of rows that are not linked and of the newest run's invalid rows, and how many kinds
    /// there are in all.
    static func fetch(_ database: Database) throws -> (top: [ErrorCount], kinds: Int) {
        let links = try Row.fetchAll(database, sql: ofLinks + top).map(count)
        let invalid = try Row.fetchAll(database, sql: ofInvalidRows + top).map(count)
        let kinds = try [ofLinks, ofInvalidRows].map { sql in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM (\(sql))") ?? 0
        }
        return ((links + invalid).sorted(by: comesFirst), kinds.reduce(0, +))
    }

    private static let top = " ORDER BY rows DESC, error_source, error_code LIMIT \(LedgerFigures.errorLimit)"

    /// SQLite takes the other columns from the row that has the least id.
    private static let ofLinks = """
        SELECT error_source, error_type, error_code, error_message, action, count(*) AS rows, min(id) FROM links
        WHERE state <> 'linked' AND error_code IS NOT NULL GROUP BY error_source, error_code
        """

    private static let ofInvalidRows = """
        SELECT 'input' AS error_source, NULL AS error_type, reason AS error_code, message AS error_message,
            'fix_row' AS action, count(*) AS rows, min(id) FROM invalid_rows
        WHERE run = (SELECT max(id) FROM runs WHERE kind = 'run') GROUP BY reason
        """

    private static func count(_ row: Row) throws -> ErrorCount {
        let source: String? = try row.value("error_source")
        let action: String? = try row.value("action")
        return ErrorCount(
            Failure(
                source: source.flatMap(Failure.Source.init(rawValue:)) ?? .network,
                type: try row.value("error_type"),
                code: try row.value("error_code"),
                message: try row.value("error_message")
            ),
            action: action.flatMap(RowAction.init(rawValue:)),
            count: try row.value("rows")
        )
    }

    private static func comesFirst(_ left: ErrorCount, _ right: ErrorCount) -> Bool {
        if left.count != right.count { return left.count > right.count }
        return (left.failure.source.rawValue, left.failure.code) < (right.failure.source.rawValue, right.failure.code)
    }
}
