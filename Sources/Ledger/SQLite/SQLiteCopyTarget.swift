import GRDB

/// A new ledger's file, which is there only once it is whole.
struct SQLiteCopyTarget {
    private let path: String
    private let lock: LedgerLock

    /// - Throws: `LedgerError.cannotCreate` where there is a file already.
    init(_ path: String, holder: String) throws {
        self.path = path
        guard !LedgerFile.exists(path) else {
            throw LedgerError.cannotCreate(path: path, why: "there is a file already")
        }
        lock = try LedgerLock(ledger: path, holder: holder)
    }

    /// Has `body` fill the tables, and puts the file in its place.
    func fill<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        defer { withExtendedLifetime(lock) {} }
        let draft = path + ".part"
        LedgerCare.remove(draft)
        try SQLiteFile.makeFile(draft)
        let result = try SQLiteFile.translating(draft) {
            let queue = try SQLiteFile.openWriter(draft)
            try queue.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)")
            }
            try Migrations.migrator.migrate(queue)
            let result = try SQLiteStore(queue, path: draft).writeNow(body)
            try LedgerCare.makeOneFile(queue)
            try queue.close()
            return result
        }
        try LedgerCare.move(draft, to: path)
        return result
    }
}
