package import Domain

/// Whose a ledger is, for whoever asks before a run does.
package enum LedgerOwner {
    /// Makes sure that a run with these settings would not be refused.
    ///
    /// - Parameters:
    ///   - place: The ledger.
    ///   - environment: The run's environment.
    ///   - plaidClientID: The run's Plaid client id.
    /// - Throws: `LedgerError.otherEnvironment` or `.otherClient`, or what keeps the ledger from being read.
    package static func check(_ place: LedgerPlace, environment: DeploymentEnvironment, plaidClientID: String) throws {
        let path = place.description
        try ReadingConnection(place).read { database in
            let sql = "SELECT environment, client_hash, salt FROM ledger"
            guard let row = try database.row(sql) else { return }
            let its: String = try row.value("environment")
            guard its == environment.rawValue else {
                throw LedgerError.otherEnvironment(path: path, its: its, asked: environment.rawValue)
            }
            let keys = LedgerKeys(salt: try row.bytes("salt"), source: nil)
            guard try row.bytes("client_hash") == keys.clientHash(plaidClientID) else {
                throw LedgerError.otherClient(path: path)
            }
        }
    }
}
