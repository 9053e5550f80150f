package import Domain

extension LineTable<GuestPage> {
    /// The file of customers' pages; whoever has an address can act for the customer.
    ///
    /// - Parameters:
    ///   - format: Its form.
    ///   - base: What the addresses begin with.
    /// - Returns: The table.
    package static func pages(_ format: LineFormat, base: String) -> LineTable<GuestPage> {
        LineTable(
            columns: [
                Column("reference") { .text($0.invitee.reference) },
                Column("customer_id") { .text($0.invitee.owner.id(if: .customer)) },
                Column("business_id") { .text($0.invitee.owner.id(if: .business)) },
                Column("account_id") { .text($0.invitee.accountID) },
                Column("mode") { .text($0.mode.rawValue) },
                Column("page_url") { .text("\(base)/i/\($0.address.exposed)") },
                Column("input_file") { .text($0.invitee.position.file) },
                Column("input_line") { .number($0.invitee.position.line) },
            ],
            format: format
        )
    }
}
