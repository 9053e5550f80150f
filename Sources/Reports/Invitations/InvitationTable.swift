package import Domain

extension LineTable<Invitation> {
    /// The file of invitations; whoever has it can open Link in the customers' names.
    package static func invitations(_ format: LineFormat) -> LineTable<Invitation> {
        LineTable(
            columns: [
                Column("reference") { .text($0.invitee.reference) },
                Column("customer_id") { .text($0.invitee.owner.id(if: .customer)) },
                Column("business_id") { .text($0.invitee.owner.id(if: .business)) },
                Column("account_id") { .text($0.invitee.accountID) },
                Column("mode") { .text($0.mode.rawValue) },
                Column("link_token") { .text($0.token?.secret.exposed) },
                Column("hosted_link_url") { .text($0.token?.hostedURL?.exposed) },
                Column("expiration") { .text($0.token?.expiration) },
                Column("error_code") { .text($0.failure?.code) },
                Column("error_message") { .text($0.failure?.message) },
                Column("input_file") { .text($0.invitee.position.file) },
                Column("input_line") { .number($0.invitee.position.line) },
            ],
            format: format
        )
    }
}
