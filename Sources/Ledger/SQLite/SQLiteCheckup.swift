/// Looks for what must not be in a ledger's file.
enum SQLiteCheckup {
    /// The largest file that is looked at as a whole before every run.
    private static let smallFile = 16 << 20

    /// Checks a whole ledger, also while a run writes it.
    static func examine(_ path: String) throws -> LedgerCheckup {
        let log = try logFinding(path)
        do {
            let checkup = try ReadingConnection(.file(path)).read { try LedgerCheck($0, scope: .full).perform() }
            return LedgerCheckup(findings: checkup.findings.map { $0.part == .log ? log : $0 })
        } catch LedgerError.damaged(_, let what) {
            return LedgerCheckup(findings: [LedgerCheckup.Finding(part: .file, faults: [what], leftOut: nil), log])
        } catch let error as LedgerError where !log.faults.isEmpty {
            // What the log has lost can be what made the file a ledger.
            return LedgerCheckup(findings: [
                LedgerCheckup.Finding(part: .file, faults: ["\(error)"], leftOut: nil), log,
            ])
        }
    }

    /// Makes sure that a writer may believe what it finds, before it writes anything.
    ///
    /// The whole ledger is looked at where that is quick, or where the last writer did not come to its end.
    ///
    /// - Throws: `LedgerError.damaged`.
    static func pass(_ database: LedgerSession, path: String) throws {
        try LedgerCheck.pass(database, path: path, isSmall: LedgerFile.size(path) <= smallFile)
    }

    /// Makes sure that the log a dead process left held all its commits; only for who has the lock.
    ///
    /// - Throws: `LedgerError.damaged`.
    static func passLog(_ path: String) throws {
        guard let fault = try WriteAheadLog(path).fault() else { return }
        throw LedgerError.damaged(path: path, what: fault)
    }

    private static func logFinding(_ path: String) throws -> LedgerCheckup.Finding {
        if LedgerFile.isInUse(path) {
            return LedgerCheckup.Finding(part: .log, faults: [], leftOut: "a run is writing it")
        }
        return LedgerCheckup.Finding(
            part: .log,
            faults: [try WriteAheadLog(path).fault()].compactMap(\.self),
            leftOut: nil
        )
    }
}
