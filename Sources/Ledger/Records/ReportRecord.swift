import Domain

/// A row of the table `links` as reports show it.
enum ReportRecord {
    /// The rows that meet a condition, by owner and account.
    static func all(where condition: String, _ database: LedgerSession) throws -> String {
        try select(database) + " WHERE \(condition)" + order
    }

    /// The first rows in a state that is not `linked`.
    static func first(_ limit: Int, _ database: LedgerSession) throws -> String {
        try all(where: "state = ? AND state <> 'linked'", database) + " LIMIT \(limit)"
    }

    /// An owner's rows, or one account's of them.
    static func ofOwner(_ database: LedgerSession) throws -> String {
        try select(database)
            + " WHERE owner_key = :key AND (CAST(:account AS TEXT) IS NULL OR account_id = :account) ORDER BY owner_kind, account_id"
    }

    private static let order = " ORDER BY owner_kind, owner_key, account_id"

    /// A ledger that has not been migrated yet, and is only read, knows no Items.
    private static func select(_ database: LedgerSession) throws -> String {
        let hasItems = try database.hasTable("items")
        return """
            SELECT links.*, runs.name AS run_name, files.path AS file_path\(hasItems ? ItemRecord.reportColumns : "")
            FROM links JOIN runs ON runs.id = links.run JOIN files ON files.id = links.file
            \(hasItems ? ItemRecord.reportJoins : "")
            """
    }

    /// The report's row.
    static func row(_ row: LedgerRow) throws -> ReportRow? {
        guard let state = RowState(rawValue: try row.value("state")),
            let action = RowAction(rawValue: try row.value("action"))
        else {
            return nil
        }
        var report = ReportRow(state: state, action: action, attempts: try row.value("attempts"))
        report.reference = try row.value("reference")
        report.owner = try row.owner()
        report.accountID = try row.value("account_id")
        report.linkedAccountID = try row.value("linked_account_id")
        report.bondStatus = try row.value("bond_status")
        report.verificationStatus = try row.value("verification_status")
        report.failure = try Failure(row, "")
        report.plaidRequestID = try row.value("plaid_request_id")
        report.firstSeenAt = try row.timestamp("first_seen_at")
        report.updatedAt = try row.timestamp("updated_at")
        report.linkedAt = try row.timestamp("linked_at")
        report.runID = try row.value("run_name")
        report.inputFile = try row.value("file_path")
        report.inputLine = try row.value("line")
        report.item = try ItemRecord.standing(row)
        // A linked row stays linked whatever its Item is like; what there is to do about it is the Item's.
        if state == .linked, let health = report.item?.health, !health.isGood {
            (report.action, report.failure) = (health.action, health.failure)
        }
        return report
    }
}
