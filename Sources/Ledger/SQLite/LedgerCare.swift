package import Domain
import GRDB

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Looks after a ledger's file: copies it, puts a copy back, and drops what is old.
package enum LedgerCare {
    /// Copies a ledger, also while a run writes it, to a new file that only its owner can read.
    ///
    /// - Throws: `LedgerError.cannotCreate` when `copy` is there already.
    package static func backUp(_ path: String, to copy: String) throws {
        guard !LedgerFile.exists(copy) else {
            throw LedgerError.cannotCreate(path: copy, why: "there is a file already")
        }
        let source = try SQLiteStore.reading(path)
        let draft = copy + ".part"
        unlink(draft)
        try SQLiteFile.makeFile(draft)
        try SQLiteFile.translating(draft) {
            let target = try DatabaseQueue(path: draft)
            try source.queue.backup(to: target)
            try makeOneFile(target)
            try target.close()
        }
        try move(draft, to: copy)
    }

    /// Puts a copy in the place of a ledger that no run is using; the ledger that was there stays beside it.
    ///
    /// What was linked after the copy was made is not in it. So every row that is not linked in the copy is in doubt from
    /// the copy's last moment to this one, and the next run asks Bond before it posts it.
    ///
    /// - Returns: Where the former ledger is now, if there was one.
    package static func restore(_ copy: String, to path: String, holder: String, at now: Timestamp) throws -> String? {
        guard copy != path else { throw LedgerError.cannotCreate(path: path, why: "it is itself the copy") }
        let lock = try LedgerLock(ledger: path, holder: holder)
        defer { withExtendedLifetime(lock) {} }
        let source = try SQLiteStore.reading(copy)
        try source.queue.read { try checkIntegrity($0, path: copy) }
        let draft = draft(of: path)
        unlink(draft)
        try SQLiteFile.makeFile(draft)
        try SQLiteFile.translating(draft) {
            let target = try DatabaseQueue(path: draft)
            try source.queue.backup(to: target)
            try target.write { database in
                try withoutHistory(database) { try doubtWhatIsNotLinked(database, until: now) }
            }
            try target.close()
        }
        let former = try setAside(path, at: now)
        try move(draft, to: path)
        return former
    }

    /// Makes sure that a ledger is not missing only because putting a copy in its place was cut short: a new one in the
    /// gap would link every account again.
    ///
    /// - Throws: `LedgerError.restoreCutShort`.
    static func checkForGap(_ path: String) throws {
        guard !LedgerFile.exists(path), LedgerFile.exists(draft(of: path)) else { return }
        throw LedgerError.restoreCutShort(path: path, draft: draft(of: path))
    }

    /// Where a copy is prepared; it is there from before the former ledger goes until it takes its place.
    private static func draft(of path: String) -> String { path + ".part" }

    /// Removes API calls and invalid rows older than `before`, and gives their room back; rows stay.
    ///
    /// - Returns: How many API calls were removed.
    package static func prune(_ place: LedgerPlace, before: Timestamp, holder: String) throws -> Int {
        switch place {
        case .file(let path): try pruneFile(path, before: before, holder: holder)
        case .server(let server): try PostgreSQLOpening.prune(server, before: before, holder: holder)
        }
    }

    private static func pruneFile(_ path: String, before: Timestamp, holder: String) throws -> Int {
        guard LedgerFile.exists(path) else { throw LedgerError.missing(path: path) }
        let lock = try LedgerLock(ledger: path, holder: holder)
        defer { withExtendedLifetime(lock) {} }
        return try SQLiteFile.translating(path) {
            let database = try SQLiteFile.openWriter(path)
            try database.writeWithoutTransaction { try SQLiteFile.checkKind($0, path: path) }
            let removed = try SQLiteStore(database, path: path).writeNow { try remove(before: before, $0) }
            try database.vacuum()
            return removed
        }
    }

    /// Removes what is old, within a transaction.
    static func remove(before: Timestamp, _ session: LedgerSession) throws -> Int {
        let removed = try session.changes("DELETE FROM attempts WHERE sent_at < ?", [before.milliseconds])
        try session.execute(
            "DELETE FROM invalid_rows WHERE seen_at < ? AND run <> (SELECT max(id) FROM runs WHERE kind = 'run')",
            [before.milliseconds]
        )
        try session.execute(
            "DELETE FROM past_states WHERE run IN (SELECT id FROM runs WHERE started_at < ?)",
            [before.milliseconds]
        )
        return removed
    }

    /// Removes a file and what SQLite keeps beside it.
    static func remove(_ draft: String) {
        for name in [draft, draft + "-wal", draft + "-shm"] { unlink(name) }
    }

    /// Takes the copy out of WAL mode, which it has from its source: so it is one file, also when it is read.
    static func makeOneFile(_ database: DatabaseQueue) throws {
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    }

    /// Runs `body` without its changes being put down to the last run.
    private static func withoutHistory(_ database: Database, _ body: () throws -> Void) throws {
        let trigger = try String.fetchOne(database, sql: "SELECT sql FROM sqlite_schema WHERE name = 'links_past'")
        if trigger != nil { try database.execute(sql: "DROP TRIGGER links_past") }
        try body()
        if let trigger { try database.execute(sql: trigger) }
    }

    private static func doubtWhatIsNotLinked(_ database: Database, until now: Timestamp) throws {
        try database.execute(
            sql: """
                UPDATE links SET state = 'in_doubt', action = 'review', doubt = 'restored', clock_offset = NULL,
                    intent_from = CASE WHEN state IN ('held', 'unlinked') THEN state ELSE intent_from END,
                    intent_at = coalesce(intent_at, (SELECT max(at) FROM (
                        SELECT max(updated_at) AS at FROM links UNION ALL
                        SELECT max(started_at) FROM runs UNION ALL SELECT max(finished_at) FROM runs))),
                    attempt_ended_at = :now, error_source = 'network', error_type = NULL, error_code = 'restored',
                    error_message = 'the ledger was restored from a copy; the row may have been linked since'
                WHERE state <> 'linked' AND (state <> 'in_doubt' OR doubt <> 'duplicate')
                """,
            arguments: ["now": now.milliseconds]
        )
    }

    private static func checkIntegrity(_ database: Database, path: String) throws {
        let answer = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") ?? ""
        guard answer == "ok" else { throw LedgerError.damaged(path: path, what: answer) }
    }

    /// Gives the former ledger another name, together with its log; it is not opened, for it may be damaged.
    private static func setAside(_ path: String, at now: Timestamp) throws -> String? {
        let former = "\(path).before-restore-\(now.description.filter { $0.isNumber })"
        let wasThere = LedgerFile.exists(path)
        if wasThere { try move(path, to: former) }
        // A log left beside the new file would be read into it, even where the old file itself is gone.
        if LedgerFile.exists(path + "-wal") { try move(path + "-wal", to: former + "-wal") }
        unlink(path + "-shm")
        return wasThere ? former : nil
    }

    /// Renames a file.
    static func move(_ old: String, to new: String) throws {
        guard rename(old, new) == 0 else {
            throw LedgerError.cannotWrite(path: new, why: SystemFault.now)
        }
    }
}
