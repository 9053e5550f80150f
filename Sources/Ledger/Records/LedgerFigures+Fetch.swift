import Domain

extension LedgerFigures {
    /// Reads the figures of this moment; the calls are those of `run`, or of the newest run that made any.
    static func fetch(run: RunOnRecord?, _ database: LedgerSession) throws -> LedgerFigures {
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

    private static func rows(in state: RowState, _ database: LedgerSession) throws -> [ReportRow] {
        if state == .invalid {
            var rows: [ReportRow] = []
            let invalid = try InvalidRowRecord.fetch(database)
            while rows.count < rowLimit, let row = try invalid.next() {
                rows.append(try InvalidRowRecord.reportRow(row))
            }
            return rows
        }
        return try database.rows(ReportRecord.first(rowLimit, database), [state.rawValue])
            .compactMap(ReportRecord.row)
    }
}

extension ErrorCount {
    /// The most frequent errors of rows that are not linked and of the newest run's invalid rows, and how many kinds
    /// there are in all.
    static func fetch(_ database: LedgerSession) throws -> (top: [ErrorCount], kinds: Int) {
        let links = try database.rows(ofLinks + top).map(count)
        let invalid = try database.rows(ofInvalidRows + top).map(count)
        let kinds = try [ofLinks, ofInvalidRows].map { sql in
            try database.value("SELECT count(*) FROM (\(sql)) AS errors") ?? 0
        }
        return ((links + invalid).sorted(by: comesFirst), kinds.reduce(0, +))
    }

    private static let top = " ORDER BY rows DESC, error_source, error_code LIMIT \(LedgerFigures.errorLimit)"

    /// What else there is to say of a kind is said by the row that has the least id.
    private static let ofLinks = """
        SELECT error_source, error_type, error_code, error_message, action, rows FROM (
            SELECT count(*) AS rows, min(id) AS first FROM links
            WHERE state <> 'linked' AND error_code IS NOT NULL GROUP BY error_source, error_code
        ) AS kinds JOIN links ON links.id = kinds.first
        """

    private static let ofInvalidRows = """
        SELECT 'input' AS error_source, NULL AS error_type, reason AS error_code, message AS error_message,
            'fix_row' AS action, rows
        FROM (
            SELECT count(*) AS rows, min(id) AS first FROM invalid_rows
            WHERE run = (SELECT max(id) FROM runs WHERE kind = 'run') GROUP BY reason
        ) AS kinds JOIN invalid_rows ON invalid_rows.id = kinds.first
        """

    private static func count(_ row: LedgerRow) throws -> ErrorCount {
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
