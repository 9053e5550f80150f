/// What removing links keeps in a ledger and asks of it.
package protocol RemovalLedger: Sendable {
    /// What is known of a link.
    func standing(of order: RemovalOrder) async throws -> RemovalStanding

    /// Commits one step; returns once it is durable.
    func commit(_ change: RemovalChange) async throws
}

/// A list of links to be removed, read once from its first line to its last.
package protocol RemovalSource: Sendable {
    /// The next piece; nothing at the end.
    mutating func next() async throws -> RemovalBatch?
}
