package import Domain

/// An owner's external accounts as Bond lists them, and the ledger's rows that own them.
package struct AccountList: Sendable {
    /// An account of the list.
    package struct Entry: Sendable, Equatable {
        package let account: BondAccount
        /// The Plaid account id of the row that owns the link; nothing where no row of the ledger does.
        package let row: String?

        package init(_ account: BondAccount, row: String?) {
            (self.account, self.row) = (account, row)
        }
    }

    package let owner: Owner
    /// In the order of Bond's list.
    package let entries: [Entry]

    package init(owner: Owner, entries: [Entry]) {
        (self.owner, self.entries) = (owner, entries)
    }

    /// The list for a person, without a line break at its end.
    package var text: String {
        let title = "\(owner.kind.rawValue) \(owner.id): " + entries.count.counted("account")
        guard !entries.isEmpty else { return title.printable }
        var table = TextTable(.left, .left, .left, .left, .left)
        table.add(["LINK", "STATUS", "VERIFICATION", "MADE", "LEDGER"])
        for entry in entries {
            let account = entry.account
            table.add(
                [
                    account.linkedAccountID, account.status ?? "-", account.verificationStatus ?? "-",
                    account.dateCreated ?? "-", entry.row.map { "account " + $0 } ?? "no row owns it",
                ].map(\.printable)
            )
        }
        return Paragraphs.joined([[title.printable], table.lines])
    }

    /// The list for programs, on one line.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "owner_kind": .string(owner.kind.rawValue),
            "owner_id": .string(owner.id),
            "accounts": .array(entries.map(entry)),
        ]
        return document.text
    }

    private func entry(_ entry: Entry) -> JSONValue {
        let account = entry.account
        return [
            "linked_account_id": .string(account.linkedAccountID),
            "bond_account_id": JSONValue(account.accountID),
            "status": JSONValue(account.status),
            "verification_status": JSONValue(account.verificationStatus),
            "date_created": JSONValue(account.dateCreated),
            "date_updated": JSONValue(account.dateUpdated),
            "account_id": JSONValue(entry.row),
        ]
    }
}
