import GRDB

extension SQLiteStore {
    /// Opens a connection that reads a whole ledger while a run may be writing it.
    ///
    /// - Throws: `LedgerError.missing`, `.empty`, `.notALedger`, `.newer`, `.damaged` or `.cannotRead`.
    static func reading(_ path: String) throws -> SQLiteStore {
        try LedgerFile.checkThere(path)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try SQLiteFile.translating(path, readingError) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { database in
                try SQLiteFile.checkKind(database, path: path)
                guard try database.tableExists("ledger") else { throw LedgerError.missing(path: path) }
            }
            return SQLiteStore(queue, path: path, translate: readingError)
        }
    }

    /// Opens a connection to whatever is at a path.
    static func inspecting(_ path: String) throws -> SQLiteStore {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        return SQLiteStore(try DatabaseQueue(path: path, configuration: configuration), path: path)
    }

    private static func readingError(_ error: DatabaseError, _ path: String) -> LedgerError {
        switch error.resultCode {
        case .SQLITE_CANTOPEN: .cannotRead(path: path, why: SystemFault.opening(error.message))
        case .SQLITE_IOERR: .cannotRead(path: path, why: "its disk failed (SQLite error \(error.extendedResultCode))")
        case .SQLITE_READONLY: .cannotRead(path: path, why: "its folder cannot be written, and its log has to be")
        // A query that every sound ledger answers.
        case .SQLITE_ERROR: .damaged(path: path, what: error.message ?? "a query fails")
        default: SQLiteFile.translated(error, path)
        }
    }
}
