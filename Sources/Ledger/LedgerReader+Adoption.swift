package import Domain

extension LedgerReader {
    /// What is known of links that were made elsewhere, also while a run is going on.
    ///
    /// - Parameter adoptions: What is claimed.
    /// - Returns: What is known of each, in the same order.
    /// - Throws: `LedgerError`.
    package func standings(of adoptions: [Adoption]) throws -> [AdoptionStanding] {
        try connection.read { database in try adoptions.map { try AdoptionRecord.standing(of: $0, database) } }
    }
}
