import GRDB

/// A connection that reads one ledger and has words of its own for what goes wrong with it.
struct ReadingConnection: Sendable {
    let path: String
    let database: DatabaseQueue

    /// Opens a connection that reads a whole ledger while a run may be writing it.
    ///
    /// - Throws: `LedgerError.missing`, `.empty`, `.notALedger`, `.newer`, `.damaged` or `.cannotRead`.
    init(_ path: String) throws {
        try LedgerFile.checkThere(path)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        self.path = path
        database = try Self.translating(path) { [configuration] in
            try DatabaseQueue(path: path, configuration: configuration)
        }
        try read { database in
            try LedgerDatabase.checkKind(database, path: path)
            guard try database.tableExists("ledger") else { throw LedgerError.missing(path: path) }
        }
    }

    /// Runs `body` at one moment of the ledger.
    ///
    /// - Throws: What `body` throws; what SQLite throws as `LedgerError`.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.translating(path) { try database.read(body) }
    }

    private static func translating<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw translated(error, path)
        } catch is RowDecodingError {
            throw LedgerDatabase.undecodable(path)
        }
    }

    private static func translated(_ error: DatabaseError, _ path: String) -> LedgerError {
        switch error.resultCode {
        case .SQLITE_CANTOPEN: .cannotRead(path: path, why: SystemFault.opening(error.message))
        case .SQLITE_IOERR: .cannotRead(path: path, why: "its disk failed (SQLite error \(error.extendedResultCode))")
        case .SQLITE_READONLY: .cannotRead(path: path, why: "its folder cannot be written, and its log has to be")
        // A query that every sound ledger answers.
        case .SQLITE_ERROR: .damaged(path: path, what: error.message ?? "a query fails")
        default: LedgerDatabase.translated(error, path)
        }
    }
}
