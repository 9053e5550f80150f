import Domain
import GRDB

/// The first transactions of a run: schema, ownership, and what a dead run left behind.
struct LedgerStart {
    /// What the rest of the run needs to know of the ledger.
    struct Begun {
        let keys: LedgerKeys
        let run: Int64
        let epoch: Int64
    }

    private let opening: LedgerOpening

    init(_ opening: LedgerOpening) {
        self.opening = opening
    }

    func begin(_ database: DatabaseQueue) throws -> Begun {
        try database.read { try LedgerCheck.pass($0, path: opening.path) }
        try database.writeWithoutTransaction { try check($0) }
        try Migrations.migrator.migrate(database)
        return try database.write { database in
            let keys = try claim(database)
            let epoch =
                try Int64.fetchOne(
                    database,
                    sql: "UPDATE ledger SET epoch = epoch + 1 RETURNING epoch"
                ) ?? 0
            let run = try RunRecord.start(opening, database)
            try TakeOver(run: run, at: opening.startedAt, callTimeout: opening.callTimeout).perform(database)
            return Begun(keys: keys, run: run, epoch: epoch)
        }
    }

    private func check(_ database: Database) throws {
        let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? 0
        guard synchronous >= 2 else { throw LedgerError.notDurable(path: opening.path, synchronous: synchronous) }
        // Before the first table, so that a ledger whose making is cut short is known as one.
        try database.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)")
    }

    /// Makes the ledger this environment's and this client's, or makes sure that it is.
    private func claim(_ database: Database) throws -> LedgerKeys {
        guard let row = try Row.fetchOne(database, sql: "SELECT environment, client_hash, salt FROM ledger") else {
            let salt = LedgerKeys.makeSalt()
            let keys = LedgerKeys(salt: salt, source: opening.keySource)
            try database.execute(
                sql: """
                    INSERT INTO ledger (id, environment, client_hash, salt, epoch, created_at) VALUES (1, ?, ?, ?, 0, ?)
                    """,
                arguments: [
                    (opening.environment ?? .sandbox).rawValue, keys.clientHash(opening.plaidClientID).data, salt.data,
                    opening.startedAt.milliseconds,
                ]
            )
            return keys
        }
        let keys = LedgerKeys(salt: try row.bytes("salt"), source: opening.keySource)
        guard let asked = opening.environment else { return keys }
        let environment: String = try row.value("environment")
        guard environment == asked.rawValue else {
            throw LedgerError.otherEnvironment(path: opening.path, its: environment, asked: asked.rawValue)
        }
        guard try row.bytes("client_hash") == keys.clientHash(opening.plaidClientID) else {
            throw LedgerError.otherClient(path: opening.path)
        }
        return keys
    }
}

extension LedgerKeys {
    /// What a ledger remembers its Plaid client by.
    func clientHash(_ clientID: String) -> [UInt8] {
        hash("plaid client", clientID)
    }
}
