import Domain

/// The columns of a file of invalid rows; none of them is for a token.
enum InvalidColumns {
    static let all: [Column<InvalidRow>] = [
        Column("input_file") { .text($0.position.file) },
        // With the column it makes the problem's place, the one the screen names.
        Column("input_line") { .number($0.line) },
        Column("column") { .number($0.column) },
        Column("reason") { .text($0.reason.rawValue) },
        Column("message") { .text($0.message) },
        Column("reference") { .text($0.reference) },
        Column("customer_id") { .text($0.owner?.id(if: .customer)) },
        Column("business_id") { .text($0.owner?.id(if: .business)) },
        Column("account_id") { .text($0.accountID) },
    ]
}
