package import Domain

/// The plan of a cut-over as a person gets it: CSV, to be opened in a spreadsheet, with an empty column to say yes in.
package struct CutoverTable: Sendable {
    private static let columns: [Column<CutoverRow>] = decision + old + new

    private static let decision: [Column<CutoverRow>] = [
        Column("approve") { _ in .text(nil) },
        Column("match") { .text($0.match.rawValue) },
        Column("reason") { .text($0.reason) },
        Column("customer_id") { .text($0.owner.id(if: .customer)) },
        Column("business_id") { .text($0.owner.id(if: .business)) },
        Column("old_linked_account_id") { .text($0.old.linkedAccountID) },
        Column("new_linked_account_id") { .text($0.new?.account.linkedAccountID) },
        Column("open_rows") { .number($0.openRows) },
    ]

    private static let old: [Column<CutoverRow>] = [
        Column("old_bank_name") { .text($0.old.bankName) },
        Column("old_mask") { .text($0.old.mask) },
        Column("old_account_type") { .text($0.old.accountType) },
        Column("old_status") { .text($0.old.status) },
        Column("old_verification_status") { .text($0.old.verificationStatus) },
        Column("old_date_created") { .text($0.old.dateCreated) },
    ]

    private static let new: [Column<CutoverRow>] = [
        Column("new_bank_name") { .text($0.new?.account.bankName) },
        Column("new_mask") { .text($0.new?.account.mask) },
        Column("new_account_type") { .text($0.new?.account.accountType) },
        Column("new_status") { .text($0.new?.account.status) },
        Column("new_verification_status") { .text($0.new?.account.verificationStatus) },
        Column("new_date_created") { .text($0.new?.account.dateCreated) },
        Column("new_account_id") { .text($0.new?.accountID) },
        Column("new_reference") { .text($0.new?.reference) },
    ]

    /// It is made for spreadsheets, which take a cell that begins with `=` for a formula.
    private let csv = CSVTable(columns: columns, spreadsheetSafe: true)

    package init() {}

    /// Writes the line of column names.
    package func appendHeader(to buffer: inout [UInt8]) {
        csv.appendHeader(to: &buffer)
    }

    /// Writes an old link's line.
    package func append(_ row: CutoverRow, to buffer: inout [UInt8]) {
        csv.append(row, to: &buffer)
    }
}
