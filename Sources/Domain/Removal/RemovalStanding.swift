/// What a ledger knows of a link that is to be removed.
package struct RemovalStanding: Sendable, Equatable {
    /// The row that has the link.
    package struct OwningRow: Sendable, Equatable {
        package let link: Link.ID
        package let owner: Owner
        package let accountID: String
        package let reference: String?
        package let state: RowState

        package init(link: Link.ID, owner: Owner, accountID: String, reference: String?, state: RowState) {
            self.link = link
            self.owner = owner
            self.accountID = accountID
            self.reference = reference
            self.state = state
        }
    }

    /// Nothing where no row has the link.
    package let row: OwningRow?
    /// When its removal was confirmed; nothing where it was not.
    package let removedAt: Timestamp?
    /// Whether a DELETE may have left of which nobody knows what it did.
    package let isOpen: Bool

    package init(row: OwningRow? = nil, removedAt: Timestamp? = nil, isOpen: Bool = false) {
        self.row = row
        self.removedAt = removedAt
        self.isOpen = isOpen
    }
}
