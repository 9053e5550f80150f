import Domain
import GRDB

/// A row of the table `links` as reports show it.
enum ReportRecord {
    private static let select = """
        SELECT links.*, runs.name AS run_name, files.path AS file_path
        FROM links JOIN runs ON runs.id = links.run JOIN files ON files.id = links.file
        """

    /// The rows that meet a condition, by owner and account.
    static func all(where condition: String) -> String {
        select + " WHERE \(condition)" + order
    }

    /// The first rows in a state that is not `linked`.
    static func first(_ limit: Int) -> String {
        all(where: "state = ? AND state <> 'linked'") + " LIMIT \(limit)"
    }

    private static let order = " ORDER BY owner_kind, owner_key, account_id"

    /// An owner's rows, or one account's of them.
    static let ofOwner =
        select
        + " WHERE owner_key = :key AND (:account IS NULL OR account_id = :account) ORDER BY owner_kind, account_id"

    /// The report's row.
    static func row(_ row: Row) throws -> ReportRow? {
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
        report.failure = try failure(row)
        report.plaidRequestID = try row.value("plaid_request_id")
        report.firstSeenAt = try row.timestamp("first_seen_at")
        report.updatedAt = try row.timestamp("updated_at")
        report.linkedAt = try row.timestamp("linked_at")
        report.runID = try row.value("run_name")
        report.inputFile = try row.value("file_path")
        report.inputLine = try row.value("line")
        return report
    }

    private static func failure(_ row: Row) throws -> Failure? {
        let source: String? = try row.value("error_source")
        let code: String? = try row.value("error_code")
        guard let source = source.flatMap(Failure.Source.init(rawValue:)), let code else { return nil }
        return Failure(
            source: source,
            type: try row.value("error_type"),
            code: code,
            message: try row.value("error_message")
        )
    }
}
