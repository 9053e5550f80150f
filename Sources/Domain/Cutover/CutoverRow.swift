/// A new link of a customer, usable now.
package struct CutoverLink: Sendable, Equatable {
    /// As Bond lists it.
    package let account: BondAccount
    /// Plaid's id of the account that it is of.
    package let accountID: String
    /// The user's own id for its row.
    package let reference: String?

    package init(account: BondAccount, accountID: String, reference: String?) {
        (self.account, self.accountID, self.reference) = (account, accountID, reference)
    }
}

/// A line of a cut-over's plan: an old link, and what a person needs to decide about it.
package struct CutoverRow: Sendable, Equatable {
    package let owner: Owner
    /// The link that may go, as Bond lists it.
    package let old: BondAccount
    /// The link that takes its place; nothing where a person has to say which.
    package let new: CutoverLink?
    package let match: CutoverMatch
    /// Why it is that match.
    package let reason: String
    /// Rows of the customer in the ledger that are not linked: their accounts may have no link but an old one.
    package let openRows: Int

    package init(
        owner: Owner,
        old: BondAccount,
        new: CutoverLink?,
        match: CutoverMatch,
        reason: String,
        openRows: Int
    ) {
        self.owner = owner
        self.old = old
        self.new = new
        self.match = match
        self.reason = reason
        self.openRows = openRows
    }
}
