/// A line of input whose customer is to go through Plaid Link.
package struct Invitee: Sendable {
    /// Who gets the external account at Bond.
    package let owner: Owner
    /// Plaid's id of the bank account, where there is one already.
    package let accountID: String?
    /// What repairs the connection that is there; nothing where there is none.
    package let accessToken: Secret?
    /// The user's own id for the row.
    package let reference: String?
    package let position: InputPosition

    package init(
        owner: Owner,
        accountID: String?,
        accessToken: Secret?,
        reference: String?,
        position: InputPosition
    ) {
        self.owner = owner
        self.accountID = accountID
        self.accessToken = accessToken
        self.reference = reference
        self.position = position
    }

    /// What makes two lines the same: an owner has one invitation for each account, and one for an account to come.
    package var identity: Identity { Identity(owner: owner, accountID: accountID ?? "") }
}

/// A piece of the input, as it was read.
package struct InviteeBatch: Sendable {
    /// The valid lines, in order.
    package var invitees: [Invitee]
    /// What could not be read, in order.
    package var invalid: [InvalidRow]
    /// How many valid lines the user had left out.
    package var excluded: Int

    package init(invitees: [Invitee] = [], invalid: [InvalidRow] = [], excluded: Int = 0) {
        self.invitees = invitees
        self.invalid = invalid
        self.excluded = excluded
    }

    package var isEmpty: Bool { invitees.isEmpty && invalid.isEmpty }
}
