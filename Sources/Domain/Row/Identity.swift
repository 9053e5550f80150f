/// What makes two rows the same row: the owner and the Plaid account, never the position or the token.
package struct Identity: Sendable, Hashable {
    /// Who gets the external account at Bond.
    package let owner: Owner
    /// Plaid's id of the bank account; case-sensitive.
    package let accountID: String

    package init(owner: Owner, accountID: String) {
        self.owner = owner
        self.accountID = accountID
    }
}
