package import Domain
import GRDB

extension LedgerReader {
    /// What is known of links, also while a run is going on.
    ///
    /// - Parameter orders: The links and their owners.
    /// - Returns: What is known of each, in the same order.
    /// - Throws: `LedgerError`.
    package func standings(of orders: [RemovalOrder]) throws -> [RemovalStanding] {
        try connection.read { database in try orders.map { try RemovalRecord.standing(of: $0, database) } }
    }
}
