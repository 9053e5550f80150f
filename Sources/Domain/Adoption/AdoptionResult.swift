/// What became of a link that was to be adopted.
package struct AdoptionResult: Sendable, Equatable {
    /// In one word; the raw value is what scripts read.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// Bond's list has confirmed it, and the ledger has the row as linked.
        case adopted
        /// The ledger had the row as linked with this link before.
        case alreadyLinked = "already_linked"
        /// Bond does not list it for this owner.
        case notListed = "not_listed"
        /// Bond lists it as removed.
        case removed
        /// What Bond lists contradicts the line.
        case contradicted
        /// The ledger speaks against it, or Bond gives no list for this owner.
        case refused
        /// A row in doubt has to be settled first.
        case heldUp = "held_up"
        /// Bond was away, or the command was stopped.
        case unreached
    }

    package let adoption: Adoption
    package let outcome: Outcome
    /// The account as Bond lists it.
    package let account: BondAccount?
    /// Why it was not adopted.
    package let failure: Failure?

    package init(
        _ adoption: Adoption,
        _ outcome: Outcome,
        account: BondAccount? = nil,
        failure: Failure? = nil
    ) {
        self.adoption = adoption
        self.outcome = outcome
        self.account = account
        self.failure = failure
    }

    /// What a ledger's verdict comes to; nothing where Bond's list decides.
    package init?(_ adoption: Adoption, by verdict: AdoptionVerdict, account: BondAccount? = nil) {
        switch verdict {
        case .free: return nil
        case .alreadyLinked: self.init(adoption, .alreadyLinked, account: account)
        case .heldUp(let failure): self.init(adoption, .heldUp, account: account, failure: failure)
        case .refused(let failure): self.init(adoption, .refused, account: account, failure: failure)
        }
    }

    /// Whether the ledger has it now.
    package var isDone: Bool { [.adopted, .alreadyLinked].contains(outcome) }
}
