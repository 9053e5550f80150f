/// What a run would do with a valid row of its input, as far as it can be told beforehand.
package struct Foresight: Sendable, Equatable {
    /// What it would do.
    package enum Work: String, Sendable, Hashable, CaseIterable {
        /// Plaid makes a token, and Bond gets it.
        case mintAndPost = "mint_and_post"
        /// Bond gets the token that is there.
        case post
        /// Plaid is asked again, after everything else; as long as the user has done nothing, that is all.
        case ask
        /// Bond is asked what exists.
        case reconcile
        case skip
    }

    package let work: Work
    /// The row's state in the ledger; nothing where the ledger does not know the row.
    package let state: RowState?
    /// Whether the row, which has no reference, is an account beside a linked one of the same owner and token: it may be
    /// the same bank account with a new id.
    package let mayBeRenumbered: Bool
    /// Whether its public token is exchanged first, which is one more call to Plaid.
    package var exchanges = false

    package init(work: Work, state: RowState?, mayBeRenumbered: Bool = false) {
        self.work = work
        self.state = state
        self.mayBeRenumbered = mayBeRenumbered
    }
}
