import Domain

/// The columns of a report of rows, in their documented order; every format takes them from here.
enum ReportColumns {
    static let all: [Column<ReportRow>] = identity + outcome + failure + history

    /// How the row's Item was when it was last checked; they stand after all others, where they are asked for.
    static let item: [Column<ReportRow>] = [
        Column("item_id") { .text($0.item?.itemID) },
        Column("institution") { .text($0.item?.institution) },
        Column("item_error_code") { .text($0.item?.health.failure?.code) },
        Column("unhealthy_since") { .text($0.item?.unhealthySince?.description) },
        Column("repaired_at") { .text($0.item?.repairedAt?.description) },
        Column("consent_expires_at") { .text($0.item?.consentExpiresAt?.description) },
        Column("item_checked_at") { .text($0.item?.checkedAt?.description) },
        Column("proposed_account_id") { .text($0.item?.proposedAccountID) },
        Column("proposed_by") { .text($0.item?.proposedBy) },
    ]

    private static let identity: [Column<ReportRow>] = [
        Column("reference") { .text($0.reference) },
        Column("customer_id") { .text($0.owner?.id(if: .customer)) },
        Column("business_id") { .text($0.owner?.id(if: .business)) },
        Column("account_id") { .text($0.accountID) },
    ]

    private static let outcome: [Column<ReportRow>] = [
        Column("state") { .text($0.state.rawValue) },
        Column("action") { .text($0.action.rawValue) },
        Column("linked_account_id") { .text($0.linkedAccountID) },
        Column("bond_status") { .text($0.bondStatus) },
        Column("verification_status") { .text($0.verificationStatus) },
    ]

    private static let failure: [Column<ReportRow>] = [
        Column("error_source") { .text($0.failure?.source.rawValue) },
        Column("error_type") { .text($0.failure?.type) },
        Column("error_code") { .text($0.failure?.code) },
        Column("error_message") { .text($0.failure?.message) },
        Column("attempts") { .number($0.attempts) },
        Column("plaid_request_id") { .text($0.plaidRequestID ?? $0.failure?.requestID) },
    ]

    private static let history: [Column<ReportRow>] = [
        Column("first_seen_at") { .text($0.firstSeenAt?.description) },
        Column("updated_at") { .text($0.updatedAt?.description) },
        Column("linked_at") { .text($0.linkedAt?.description) },
        Column("run_id") { .text($0.runID) },
        Column("input_file") { .text($0.inputFile) },
        Column("input_line") { .number($0.inputLine) },
    ]
}
