package import Domain

extension LedgerReader {
    /// What is known of links, also while a run is going on.
    ///
    /// - Parameter orders: The links and their owners.
    /// - Returns: What is known of each, in the same order.
    /// - Throws: `LedgerError`.
    package func standings(of orders: [RemovalOrder]) throws -> [RemovalStanding] {
        try connection.read { database in try orders.map { try RemovalRecord.standing(of: $0, database) } }
    }

    /// How many links have a DELETE that may have left, and no outcome.
    package func openRemovals() throws -> Int {
        try connection.read { database in
            guard try database.hasTable("removals") else { return 0 }
            return try database.value("SELECT count(*) FROM removals WHERE outcome IS NULL") ?? 0
        }
    }
}
