import Domain

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Opens a ledger on a server.
enum PostgreSQLOpening {
    /// Connects for who writes: takes the lock, makes the tables where there are none or brings them up to date, and makes
    /// sure that they are sound.
    ///
    /// - Throws: `LedgerError`.
    static func open(_ opening: LedgerOpening, _ server: ServerAddress) throws -> (any LedgerStore, any Sendable) {
        let store = try PostgreSQLStore(server)
        try enter(store, opening, server)
        try prepare(store, opening)
        // The lock is the connection's.
        let lasting = LastingStore(store, to: server, opening)
        return (lasting, lasting)
    }

    /// Takes the lock with a new connection, for who had it before.
    ///
    /// - Throws: `LedgerError`, as `.inUse`, or `.newer` where the tables have been changed meanwhile.
    static func takeLockAgain(_ store: PostgreSQLStore, _ server: ServerAddress, _ opening: LedgerOpening) throws {
        try PostgreSQLLock.take(
            store,
            opening.isShared ? .shared : .alone,
            name: server.name,
            holder: opening.holder
        )
        guard try standing(store, server) == .current else { throw LedgerError.takenOver(path: server.name) }
        try prepare(store, opening)
    }

    /// Takes the lock, and sees to the tables; those who share the lock need tables that are there and up to date.
    private static func enter(_ store: PostgreSQLStore, _ opening: LedgerOpening, _ server: ServerAddress) throws {
        var tries = 0
        while true {
            let isCurrent = try standing(store, server, mayCreate: opening.mayCreate) == .current
            let mode = opening.isShared && isCurrent ? PostgreSQLLock.Mode.shared : .alone
            if try PostgreSQLLock.isTaken(store, mode, holder: opening.holder) {
                // What was seen before the lock was had may have changed.
                try makeCurrent(store, opening, server)
                if opening.isShared, mode == .alone { try PostgreSQLLock.share(store) }
                return
            }
            tries += 1
            // The server takes a moment to see that a killed process is gone, and others to make the tables.
            guard tries < (isCurrent ? 10 : 100) else { throw try PostgreSQLLock.inUse(store, name: server.name) }
            usleep(20_000)
        }
    }

    private static func makeCurrent(
        _ store: PostgreSQLStore,
        _ opening: LedgerOpening,
        _ server: ServerAddress
    ) throws {
        switch try standing(store, server, mayCreate: opening.mayCreate) {
        case .missing: try store.writeNow { try PostgreSQLSchema.make($0) }
        case .older(let version):
            try store.writeNow { try PostgreSQLSchema.migrate(from: version, $0) }
            try store.read { try LedgerCheck.pass($0, path: server.name, isSmall: false) }
        case .current: try store.read { try LedgerCheck.pass($0, path: server.name, isSmall: false) }
        }
    }

    private static func standing(
        _ store: PostgreSQLStore,
        _ server: ServerAddress,
        mayCreate: Bool = true
    ) throws -> PostgreSQLSchema.Standing {
        let standing = try store.read { try PostgreSQLSchema.standing($0, name: server.name) }
        if standing == .missing, !mayCreate { throw LedgerError.missing(path: server.name) }
        return standing
    }

    /// Makes the server give up a worker that stands still in the middle of a transaction, or whose machine is gone: what
    /// it has locked, others may be waiting for.
    private static func prepare(_ store: PostgreSQLStore, _ opening: LedgerOpening) throws {
        guard opening.isShared, let lease = opening.lease else { return }
        let settings = [
            "idle_in_transaction_session_timeout": "\(max(1000, lease.wholeMilliseconds))",
            "tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3",
        ]
        try store.writeNow { session in
            for (name, value) in settings {
                try session.execute("SELECT set_config(?, ?, false)", [name, value])
            }
        }
    }

    /// Checks a whole ledger, also while a run writes it.
    static func examine(_ server: ServerAddress) throws -> LedgerCheckup {
        let checkup = try reading(server).read { try LedgerCheck($0, scope: .full).perform() }
        return LedgerCheckup(findings: checkup.findings.filter { $0.part != .log })
    }

    /// Whether there is a ledger.
    static func exists(_ server: ServerAddress) throws -> Bool {
        try standing(PostgreSQLStore(server), server) != .missing
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
        try PostgreSQLLock.take(store, .alone, name: server.name, holder: holder)
        return try store.writeNow { session in
            guard try PostgreSQLSchema.standing(session, name: server.name) == .missing else {
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
        try PostgreSQLLock.take(store, .alone, name: server.name, holder: holder)
        return try store.writeNow { try LedgerCare.remove(before: before, $0) }
    }

    /// Connects to read, also while a run writes.
    ///
    /// - Throws: `LedgerError.missing`, `.notALedger`, `.newer`, `.unreachable`, `.refused` or `.insecure`.
    static func reading(_ server: ServerAddress) throws -> PostgreSQLStore {
        let store = try PostgreSQLStore(server)
        guard try standing(store, server) != .missing else {
            throw LedgerError.missing(path: server.name)
        }
        return store
    }
}
