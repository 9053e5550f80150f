import GRDB

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Opens a ledger's file to write, and makes sure that it is what it should be.
enum SQLiteFile {
    /// Opens the one writing connection: WAL, every commit synced, what is deleted overwritten.
    ///
    /// - Throws: `LedgerError`; a file that is no ledger, or a newer one, is left as it is.
    static func openWriter(_ path: String) throws -> DatabaseQueue {
        // Before anything is written: turning on WAL alone would change somebody else's database.
        if LedgerFile.size(path) > 0 { try probe(path) }
        return try translating(path) {
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(5)
            configuration.label = "ledger"
            configuration.prepareDatabase { database in
                // 16 MiB of pages: most of the index that a run looks its rows up in, of a million rows.
                try database.execute(
                    sql: "PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16384"
                )
            }
            let database = try DatabaseQueue(path: path, configuration: configuration)
            // The library lowers this to NORMAL when it turns on WAL, and then a power cut could lose an intent.
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return database
        }
    }

    /// Makes sure that a file may be written: a ledger, or one whose making was cut short before it had a table.
    private static func probe(_ path: String) throws {
        try translating(path) {
            do {
                try probe(path, readonly: true)
            } catch DatabaseError.SQLITE_READONLY_ROLLBACK {
                // Its making was cut short within a transaction, which has to be undone before anything can be read.
                try probe(path, readonly: false)
            }
        }
    }

    private static func probe(_ path: String, readonly: Bool) throws {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.busyMode = .timeout(5)
        try DatabaseQueue(path: path, configuration: configuration).read { database in
            let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
            if !isEmpty { try checkKind(database, path: path) }
        }
    }

    /// Makes sure that the file is a ledger, and none of a newer version.
    static func checkKind(_ database: Database, path: String) throws {
        guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == Migrations.applicationID else {
            throw LedgerError.notALedger(path: path)
        }
        guard try !Migrations.migrator.hasBeenSuperseded(database) else { throw LedgerError.newer(path: path) }
    }

    /// Whether a ledger has this program's schema.
    static func isCurrent(_ queue: DatabaseQueue) throws -> Bool {
        try queue.read { try Migrations.migrator.hasCompletedMigrations($0) }
    }

    /// Makes an empty file that only its owner can read, or leaves the one that is there.
    static func makeFile(_ path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LedgerError.cannotCreate(path: path, why: SystemFault.now)
        }
        close(descriptor)
    }

    /// Runs `body` and puts what SQLite throws into the ledger's own words.
    static func translating<Result>(
        _ path: String,
        _ translate: (DatabaseError, String) -> LedgerError = translated,
        _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch {
            throw ledgerError(error, path, translate)
        }
    }

    /// What SQLite throws in the ledger's own words, anything else as it is.
    static func ledgerError(
        _ error: any Error,
        _ path: String,
        _ translate: (DatabaseError, String) -> LedgerError
    ) -> any Error {
        switch error {
        case let error as DatabaseError: translate(error, path)
        case is LedgerValueError, is RowDecodingError: LedgerError.undecodable(path)
        default: error
        }
    }

    /// The ledger's own words for an error of SQLite's.
    static func translated(_ error: DatabaseError, _ path: String) -> LedgerError {
        switch error.resultCode {
        case .SQLITE_NOTADB: .notALedger(path: path)
        case .SQLITE_CORRUPT: .damaged(path: path, what: error.message ?? "corrupt")
        case .SQLITE_CANTOPEN: .cannotCreate(path: path, why: SystemFault.opening(error.message))
        case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path)
        case .SQLITE_FULL: .full(path: path)
        case .SQLITE_READONLY: .readOnly(path: path)
        case .SQLITE_IOERR: .diskFault(path: path, what: "SQLite error \(error.extendedResultCode)")
        default: .cannotWrite(path: path, why: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }
}
