/// What adopting links keeps in a ledger and asks of it.
package protocol AdoptionLedger: Sendable {
    /// What is known of claims, in the same order.
    func standings(of adoptions: [Adoption]) async throws -> [AdoptionStanding]

    /// Makes rows `linked` whose links Bond's list has confirmed, each wholly or not at all; returns once that is durable.
    ///
    /// - Returns: What the ledger said to each at that moment: those to which it had nothing to say are adopted.
    func adopt(_ confirmed: [ConfirmedAdoption], _ listing: Attempt, at: Timestamp) async throws -> [AdoptionVerdict]
}

/// A claim and the account that confirms it.
package struct ConfirmedAdoption: Sendable, Equatable {
    package let adoption: Adoption
    package let account: BondAccount

    package init(_ adoption: Adoption, _ account: BondAccount) {
        (self.adoption, self.account) = (adoption, account)
    }
}

/// An input of claims, read once from its first line to its last.
package protocol AdoptionSource: Sendable {
    /// The next piece; nothing at the end.
    mutating func next() async throws -> AdoptionBatch?
}
