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
    static func row(_ row: Row) -> ReportRow? {
        guard let state = RowState(rawValue: row["state"]), let action = RowAction(rawValue: row["action"]) else {
            return nil
        }
        var report = ReportRow(state: state, action: action, attempts: row["attempts"])
        report.reference = row["reference"]
        report.owner = row.owner
        report.accountID = row["account_id"]
        report.linkedAccountID = row["linked_account_id"]
        report.bondStatus = row["bond_status"]
        report.verificationStatus = row["verification_status"]
        report.failure = failure(row)
        report.plaidRequestID = row["plaid_request_id"]
        report.firstSeenAt = row.timestamp("first_seen_at")
        report.updatedAt = row.timestamp("updated_at")
        report.linkedAt = row.timestamp("linked_at")
        report.runID = row["run_name"]
        report.inputFile = row["file_path"]
        report.inputLine = row["line"]
        return report
    }

    private static func failure(_ row: Row) -> Failure? {
        let source: String? = row["error_source"]
        let code: String? = row["error_code"]
        guard let source = source.flatMap(Failure.Source.init(rawValue:)), let code else { return nil }
        return Failure(source: source, type: row["error_type"], code: code, message: row["error_message"])
    }
}
