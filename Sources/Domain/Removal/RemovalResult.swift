/// What became of a link that was to be removed.
package struct RemovalResult: Sendable, Equatable {
    /// In one word; the raw value is what scripts read.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// Bond's list has confirmed that it is gone.
        case removed
        /// It was gone before: by the ledger, or by Bond's list.
        case alreadyRemoved = "already_removed"
        /// Bond does not list it for this owner; nothing was sent.
        case notListed = "not_listed"
        /// A row of the owner is in doubt, and this may be its link; nothing was sent.
        case heldUp = "held_up"
        /// Bond, or relink, refused; the link stands.
        case refused
        /// The DELETE may have left, and Bond's list has not confirmed it.
        case unsettled
        /// Nothing was sent: Bond was away, or the command was stopped.
        case unreached
    }

    package let order: RemovalOrder
    package let outcome: Outcome
    /// The account as Bond listed it before.
    package let account: BondAccount?
    /// The row of the ledger that has the link.
    package let row: RemovalStanding.OwningRow?
    /// Why it was not removed.
    package let failure: Failure?

    package init(
        _ order: RemovalOrder,
        _ outcome: Outcome,
        account: BondAccount? = nil,
        row: RemovalStanding.OwningRow? = nil,
        failure: Failure? = nil
    ) {
        self.order = order
        self.outcome = outcome
        self.account = account
        self.row = row
        self.failure = failure
    }
}
