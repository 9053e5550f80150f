package import Domain

extension LineTable<KeptToken> {
    /// Access tokens as `tokens export` gives them out: the first columns are those of a run's input.
    package static func tokens(_ format: LineFormat) -> LineTable<KeptToken> {
        LineTable(
            columns: [
                Column("reference") { .text($0.reference) },
                Column("customer_id") { .text($0.identity.owner.id(if: .customer)) },
                Column("business_id") { .text($0.identity.owner.id(if: .business)) },
                Column("account_id") { .text($0.identity.accountID) },
                Column("access_token") { .text($0.accessToken?.exposed) },
                Column("item_id") { .text($0.itemID) },
                Column("received_at") { .text($0.receivedAt.description) },
            ],
            format: format
        )
    }
}
