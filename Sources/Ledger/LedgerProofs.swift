package import Domain

/// What a ledger proves about the set-up: that calls of the two kinds have succeeded.
package struct LedgerProofs: Sendable, Equatable {
    /// When Plaid last made a processor token.
    package let mintedAt: Timestamp?
    /// When Bond last answered a POST with a link.
    package let linkedAt: Timestamp?

    /// Reads them, also while a run is going on; calls that were pruned prove nothing any more.
    ///
    /// - Throws: `LedgerError`.
    package static func read(_ place: LedgerPlace) throws -> LedgerProofs {
        try ReadingConnection(place).read { database in
            LedgerProofs(mintedAt: try newest("mint", database), linkedAt: try newest("post", database))
        }
    }

    private static func newest(_ call: String, _ database: LedgerSession) throws -> Timestamp? {
        let sql = "SELECT sent_at FROM attempts WHERE call = ? AND result = 'ok' ORDER BY id DESC LIMIT 1"
        return try database.row(sql, [call])?.timestamp("sent_at")
    }
}
