/// What a ledger knows of a claim: of its account, of its link, and of its owner.
package struct AdoptionStanding: Sendable, Equatable {
    /// The account's row.
    package struct Row: Sendable, Equatable {
        package let state: RowState
        /// The link that it has or had, by every id that Bond gave.
        package let links: Set<String>

        package init(state: RowState, links: Set<String> = []) {
            (self.state, self.links) = (state, links)
        }
    }

    /// Nothing where the account has none.
    package let row: Row?
    /// The link: the row that has it, and its removal.
    package let link: RemovalStanding
    /// Where the row that has the link came from; nothing where no row has it.
    package let linkPosition: InputPosition?
    /// Whether a row of the owner is in doubt, whose POST may have made this link.
    package let isOwnerInDoubt: Bool

    package init(
        row: Row? = nil,
        link: RemovalStanding = RemovalStanding(),
        linkPosition: InputPosition? = nil,
        isOwnerInDoubt: Bool = false
    ) {
        self.row = row
        self.link = link
        self.linkPosition = linkPosition
        self.isOwnerInDoubt = isOwnerInDoubt
    }

    /// What the ledger says to a claim, whatever Bond lists.
    package func verdict(on adoption: Adoption) -> AdoptionVerdict {
        if adoption.identity.accountID == adoption.linkedAccountID { return .refused(.bondsAccountID) }
        if let row, row.state == .linked {
            guard row.links.contains(adoption.linkedAccountID) else { return .refused(.otherLink(row)) }
            return .alreadyLinked
        }
        if let owning = link.row, owning.identity != adoption.identity {
            return .refused(.linkOwned(owning, linkPosition))
        }
        if link.isOpen || link.removedAt != nil { return .refused(.removalOnRecord(link)) }
        if let row, [.posting, .inDoubt].contains(row.state) { return .heldUp(.rowInDoubt(row)) }
        return isOwnerInDoubt ? .heldUp(.ownerInDoubt) : .free
    }
}

extension RemovalStanding.OwningRow {
    /// What makes the row itself.
    fileprivate var identity: Identity { Identity(owner: owner, accountID: accountID) }
}

/// What a ledger says to a claim.
package enum AdoptionVerdict: Sendable, Equatable {
    /// Nothing speaks against it: Bond's list decides.
    case free
    /// The row has just this link.
    case alreadyLinked
    /// A row in doubt is settled first.
    case heldUp(Failure)
    case refused(Failure)
}
