import Domain

/// The columns of a comparison, in their documented order.
enum ComparisonColumns {
    static let all: [Column<RowChange>] = identity + standing("from") { $0.before } + standing("to") { $0.after } + now

    private static let identity: [Column<RowChange>] = [
        Column("reference") { .text($0.row.reference) },
        Column("customer_id") { .text($0.row.owner?.id(if: .customer)) },
        Column("business_id") { .text($0.row.owner?.id(if: .business)) },
        Column("account_id") { .text($0.row.accountID) },
        Column("change") { .text($0.kind.rawValue) },
    ]

    private static let now: [Column<RowChange>] = [
        Column("linked_account_id") { .text($0.row.linkedAccountID) },
        Column("updated_at") { .text($0.row.updatedAt?.description) },
    ]

    private static func standing(
        _ end: String,
        _ standing: @escaping @Sendable (RowChange) -> RowChange.Standing?
    ) -> [Column<RowChange>] {
        [
            Column("\(end)_state") { .text(standing($0)?.state.rawValue) },
            Column("\(end)_action") { .text(standing($0)?.action.rawValue) },
            Column("\(end)_error_source") { .text(standing($0)?.errorSource) },
            Column("\(end)_error_code") { .text(standing($0)?.errorCode) },
        ]
    }
}
