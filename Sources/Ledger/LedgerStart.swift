import Domain

/// The first transaction of a run: ownership, and what a dead run left behind.
struct LedgerStart {
    /// What the rest of the run needs to know of the ledger.
    struct Begun {
        let keys: LedgerKeys
        let run: Int64
        /// The writer's epoch; nothing where every transaction makes sure of more than that.
        let epoch: Int64?
        /// The workers that share the ledger, where they may.
        let crew: Crew?
    }

    private let opening: LedgerOpening

    init(_ opening: LedgerOpening) {
        self.opening = opening
    }

    /// Within a transaction on a ledger whose schema is this program's.
    func begin(_ database: LedgerSession) throws -> Begun {
        let isOnServer = opening.place.filePath == nil
        if isOnServer { try WorkerRecord.queue(database) }
        let keys = try claim(database)
        let epoch: Int64 = try database.value("UPDATE ledger SET epoch = epoch + 1 RETURNING epoch") ?? 0
        let run = try RunRecord.start(opening, database)
        guard isOnServer else {
            try takeOver(run).perform(database)
            return Begun(keys: keys, run: run, epoch: epoch, crew: nil)
        }
        try WorkerRecord.endOverdue(takeOver(run), database)
        if !opening.isShared, let others = try WorkerRecord.others(database) { throw inUse(others) }
        let crew = try WorkerRecord.join(run, opening, database)
        return Begun(keys: keys, run: run, epoch: nil, crew: opening.isShared ? crew : nil)
    }

    private func takeOver(_ run: Int64) -> TakeOver {
        TakeOver(
            run: run,
            at: opening.startedAt,
            callTimeout: opening.callTimeout,
            isShared: opening.place.filePath == nil
        )
    }

    /// Workers without a connection that may be back before their leases are over.
    private func inUse(_ others: (holder: String, count: Int, milliseconds: Int64)) -> LedgerError {
        let more = others.count > 1 ? " and \(others.count - 1) more" : ""
        let seconds = (others.milliseconds + 999) / 1000
        return .inUse(path: opening.path, holder: "\(others.holder)\(more), not heard of for \(seconds) s at most")
    }

    /// Makes the ledger this environment's and this client's, or makes sure that it is.
    private func claim(_ database: LedgerSession) throws -> LedgerKeys {
        guard let row = try database.row("SELECT environment, client_hash, salt FROM ledger") else {
            let salt = LedgerKeys.makeSalt()
            let keys = LedgerKeys(salt: salt, source: opening.keySource)
            try database.execute(
                """
                INSERT INTO ledger (id, environment, client_hash, salt, epoch, created_at) VALUES (1, ?, ?, ?, 0, ?)
                """,
                [
                    (opening.environment ?? .sandbox).rawValue, keys.clientHash(opening.plaidClientID), salt,
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
