/// A link that was made elsewhere, as a line of input claims it.
package struct Adoption: Sendable, Equatable {
    /// Whose account it is, and which one.
    package let identity: Identity
    /// The link as Bond's list is asked for it.
    package let order: RemovalOrder
    /// The last digits of the account's number, where the line has them.
    package let mask: String?
    /// The user's own id for the row.
    package let reference: String?
    package let position: InputPosition

    package init(
        identity: Identity,
        linkedAccountID: String,
        mask: String? = nil,
        reference: String? = nil,
        position: InputPosition
    ) {
        self.identity = identity
        order = RemovalOrder(owner: identity.owner, linkedAccountID: linkedAccountID)
        self.mask = mask
        self.reference = reference
        self.position = position
    }

    /// The link's id, UUIDs in lower case.
    package var linkedAccountID: String { order.linkedAccountID }

    /// The same claim, by the id that Bond's list keeps the link under.
    package func naming(_ account: BondAccount) -> Adoption {
        Adoption(
            identity: identity,
            linkedAccountID: account.linkedAccountID,
            mask: mask,
            reference: reference,
            position: position
        )
    }
}

/// A piece of the input, as it was read.
package struct AdoptionBatch: Sendable, Equatable {
    /// The valid lines, in order.
    package var adoptions: [Adoption]
    /// What could not be read, in order.
    package var invalid: [InvalidRow]
    /// How many valid lines the user had left out.
    package var excluded: Int

    package init(adoptions: [Adoption] = [], invalid: [InvalidRow] = [], excluded: Int = 0) {
        self.adoptions = adoptions
        self.invalid = invalid
        self.excluded = excluded
    }
}
