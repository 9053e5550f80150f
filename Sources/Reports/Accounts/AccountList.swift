package import Domain

/// An owner's external accounts as Bond lists them, and what the ledger knows of each.
package struct AccountList: Sendable {
    /// An account of the list.
    package struct Entry: Sendable, Equatable {
        package let account: BondAccount
        /// What the ledger knows of it; nothing where there is no ledger.
        package let standing: RemovalStanding?

        package init(_ account: BondAccount, _ standing: RemovalStanding?) {
            (self.account, self.standing) = (account, standing)
        }

        /// The row that has the link.
        package var row: RemovalStanding.OwningRow? { standing?.row }

        /// What the ledger knows of it, in a word or two.
        var inLedger: String {
            guard let standing else { return "no ledger" }
            let row = standing.row.map { "account \($0.accountID), \($0.state.rawValue)" } ?? "no row has it"
            if standing.isOpen { return row + "; its removal is not settled" }
            return standing.removedAt.map { "\(row); removed \($0.forPeople)" } ?? row
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
        var table = TextTable(.left, .left, .left, .left, .left, .left)
        table.add(["LINK", "BANK", "STATUS", "VERIFICATION", "MADE", "LEDGER"])
        for entry in entries {
            let account = entry.account
            let bank = [account.bankName, account.mask.map { "*" + $0 }, account.accountType].compactMap(\.self)
            table.add([
                account.linkedAccountID, bank.isEmpty ? "-" : bank.joined(separator: " "), account.status ?? "-",
                account.verificationStatus ?? "-", account.dateCreated ?? "-", entry.inLedger,
            ])
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
            "bank_name": JSONValue(account.bankName),
            "mask": JSONValue(account.mask),
            "account_type": JSONValue(account.accountType),
            "date_created": JSONValue(account.dateCreated),
            "date_updated": JSONValue(account.dateUpdated),
            "account_id": JSONValue(entry.row?.accountID),
            "reference": JSONValue(entry.row?.reference),
            "state": JSONValue(entry.row?.state.rawValue),
            "removed_at": JSONValue(entry.standing?.removedAt),
        ]
    }
}
