import GRDB

/// Opens a ledger's file for a run.
enum SQLiteOpening {
    /// Takes the lock, opens or makes the file, makes sure that it is sound, and brings its schema to the newest version.
    ///
    /// - Throws: `LedgerError`.
    static func open(_ opening: LedgerOpening, _ path: String) throws -> (any LedgerStore, any Sendable) {
        if !opening.mayCreate { try LedgerFile.checkThere(path) }
        let lock = try LedgerLock(ledger: path, holder: opening.holder)
        try LedgerCare.checkForGap(path)
        try SQLiteCheckup.passLog(path)
        try SQLiteFile.makeFile(path)
        let queue = try SQLiteFile.openWriter(path)
        try SQLiteFile.translating(path) {
            try queue.read { try SQLiteCheckup.pass(LedgerSession(SQLiteEngine($0)), path: path) }
            try queue.writeWithoutTransaction { try check($0, path) }
            try Migrations.migrator.migrate(queue)
        }
        return (SQLiteStore(queue, path: path), lock)
    }

    private static func check(_ database: Database, _ path: String) throws {
        let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? 0
        guard synchronous >= 2 else { throw LedgerError.notDurable(path: path, synchronous: synchronous) }
        // Before the first table, so that a ledger whose making is cut short is known as one.
        try database.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)")
    }
}
