package import Domain

/// The file of invitations, written line by line; whoever has it can open Link in the customers' names.
package struct InvitationTable: Sendable {
    /// The forms it comes in; the raw value is the option's.
    package enum Format: String, Sendable, Hashable, CaseIterable {
        case csv
        case jsonl
    }

    private static let columns: [Column<Invitation>] = [
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
    ]

    private let format: Format
    private let csv = CSVTable(columns: columns, spreadsheetSafe: false)
    private let lines = JSONLines(columns: columns)

    /// Makes the writer.
    package init(format: Format) {
        self.format = format
    }

    /// Writes the line of column names, where the format has one.
    package func appendHeader(to buffer: inout [UInt8]) {
        if format == .csv { csv.appendHeader(to: &buffer) }
    }

    /// Writes an invitation's line.
    package func append(_ invitation: Invitation, to buffer: inout [UInt8]) {
        switch format {
        case .csv: csv.append(invitation, to: &buffer)
        case .jsonl: lines.append(invitation, to: &buffer)
        }
    }
}
