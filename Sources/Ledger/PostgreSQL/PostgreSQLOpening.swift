import Domain

/// Opens a ledger on a server.
enum PostgreSQLOpening {
    /// Connects for a run: takes the lock, makes the tables where there are none, and makes sure that they are sound.
    ///
    /// - Throws: `LedgerError`.
    static func open(_ opening: LedgerOpening, _ server: ServerAddress) throws -> (any LedgerStore, any Sendable) {
        let store = try PostgreSQLStore(server)
        try PostgreSQLLock.take(store, name: server.name, holder: opening.holder)
        let isThere = try store.read { try PostgreSQLSchema.isThere($0, name: server.name) }
        if isThere {
            try store.read { try LedgerCheck.pass($0, path: server.name, isSmall: false) }
        } else {
            guard opening.mayCreate else { throw LedgerError.missing(path: server.name) }
            try store.writeNow { try PostgreSQLSchema.make($0) }
        }
        // The lock is the connection's.
        let lasting = LastingStore(store, to: server, holder: opening.holder)
        return (lasting, lasting)
    }

    /// Checks a whole ledger, also while a run writes it.
    static func examine(_ server: ServerAddress) throws -> LedgerCheckup {
        let checkup = try reading(server).read { LedgerCheck($0, scope: .full).perform() }
        return LedgerCheckup(findings: checkup.findings.filter { $0.part != .log })
    }

    /// Whether there is a ledger.
    static func exists(_ server: ServerAddress) throws -> Bool {
        try PostgreSQLStore(server).read { try PostgreSQLSchema.isThere($0, name: server.name) }
    }

    /// Whether a run holds the lock.
    static func isInUse(_ server: ServerAddress) throws -> Bool {
        try PostgreSQLStore(server).read { try PostgreSQLLock.holder($0) } != nil
    }

    /// Makes a ledger and has `body` fill its tables, in one transaction.
    ///
    /// - Throws: `LedgerError.cannotCreate` where there is a ledger already.
    static func fill<Result>(
        _ server: ServerAddress,
        holder: String,
        _ body: (LedgerSession) throws -> Result
    ) throws -> Result {
        let store = try PostgreSQLStore(server)
        try PostgreSQLLock.take(store, name: server.name, holder: holder)
        return try store.writeNow { session in
            guard try !PostgreSQLSchema.isThere(session, name: server.name) else {
                throw LedgerError.cannotCreate(path: server.name, why: "there is a ledger already")
            }
            try PostgreSQLSchema.make(session)
            let result = try body(session)
            try PostgreSQLSchema.countOn(session)
            return result
        }
    }

    /// Removes what is old; its room is the server's to give back.
    static func prune(_ server: ServerAddress, before: Timestamp, holder: String) throws -> Int {
        let store = try reading(server)
        try PostgreSQLLock.take(store, name: server.name, holder: holder)
        return try store.writeNow { try LedgerCare.remove(before: before, $0) }
    }

    /// Connects to read, also while a run writes.
    ///
    /// - Throws: `LedgerError.missing`, `.notALedger`, `.newer`, `.unreachable`, `.refused` or `.insecure`.
    static func reading(_ server: ServerAddress) throws -> PostgreSQLStore {
        let store = try PostgreSQLStore(server)
        guard try store.read({ try PostgreSQLSchema.isThere($0, name: server.name) }) else {
            throw LedgerError.missing(path: server.name)
        }
        return store
    }
}
