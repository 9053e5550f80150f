package import Domain

/// Reads a ledger, also while a run is writing it; every call sees one moment.
package struct LedgerReader: Sendable {
    let connection: ReadingConnection

    /// Opens a ledger.
    ///
    /// - Throws: `LedgerError.missing`, `.notALedger`, `.newer`, `.damaged` or `.cannotRead`; of a server also
    ///   `.unreachable`, `.refused` or `.insecure`.
    package init(_ place: LedgerPlace) throws {
        connection = try ReadingConnection(place)
    }

    /// Hands out the report's rows: all links ordered by owner and account, then the last run's invalid rows.
    ///
    /// - Parameters:
    ///   - states: Only these states; nothing means all.
    ///   - body: Gets one row after the other; what it throws ends the reading.
    /// - Throws: What `body` throws, or `LedgerError`.
    package func forEachRow(in states: Set<RowState>? = nil, _ body: (ReportRow) throws -> Void) throws {
        try forEachRow(matching: RowFilter(states: states), body)
    }

    /// Hands out the report's rows that a filter takes: links ordered by owner and account, then invalid rows, which
    /// are those of the filter's run or else of the newest one.
    ///
    /// - Parameters:
    ///   - filter: Which rows.
    ///   - body: Gets one row after the other; what it throws ends the reading.
    /// - Throws: What `body` throws, or `LedgerError`.
    package func forEachRow(matching filter: RowFilter, _ body: (ReportRow) throws -> Void) throws {
        try connection.read { database in
            let wanted = filter.states.map { Set($0.map(\.rawValue)) }
            let condition = try filter.linkCondition(database)
            let links = try database.cursor(ReportRecord.all(where: condition.sql, database), condition.arguments)
            while let row = try links.next() {
                if let wanted, !wanted.contains(try row.value("state")) { continue }
                if let report = try ReportRecord.row(row) { try body(report) }
            }
            guard !filter.isUnhealthy, filter.states?.contains(.invalid) ?? true else { return }
            let invalid = try InvalidRowRecord.fetch(run: filter.run, since: filter.since, database)
            while let row = try invalid.next() { try body(try InvalidRowRecord.reportRow(row)) }
        }
    }

    /// An owner's rows with every API call, or one account's.
    package func history(ownerID: String, accountID: String?) throws -> [RowHistory] {
        let key = Owner(kind: .customer, id: ownerID).key
        return try connection.read { database in
            try database.rows(ReportRecord.ofOwner(database), ["key": key, "account": accountID]).compactMap { row in
                try ReportRecord.row(row).map { report in
                    RowHistory(row: report, attempts: try AttemptRecord.fetch(link: try row.value("id"), database))
                }
            }
        }
    }

    /// The environment the ledger belongs to.
    package func environment() throws -> String {
        try connection.read { try $0.value("SELECT environment FROM ledger") ?? "" }
    }

    /// The names of the files that rows came from, as they were given to the runs that read them.
    package func inputFiles() throws -> [String] {
        try connection.read { try ($0.values("SELECT path FROM files ORDER BY id") as [String]) }
    }

    /// Counts, frequent errors and last runs.
    package func overview() throws -> LedgerOverview {
        try connection.read { try LedgerOverview.fetch($0) }
    }
}
