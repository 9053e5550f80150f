import GRDB

/// Looks for what must not be in a ledger: SQLite's own checks, and what the states of the rows promise.
struct LedgerCheck {
    /// How much is looked at.
    enum Scope {
        /// Everything: about ten milliseconds for each megabyte of the file.
        case full
        /// What costs nothing however many rows are linked.
        case brief
    }

    /// The largest file that is looked at as a whole before every run.
    private static let smallFile = 16 << 20
    /// The most faults of one part that are told.
    private static let most = 20

    let database: Database
    private let scope: Scope

    private init(_ database: Database, scope: Scope) {
        self.database = database
        self.scope = scope
    }

    /// Checks a whole ledger, also while a run writes it.
    static func examine(_ path: String) throws -> LedgerCheckup {
        let log = try logFinding(path)
        do {
            let checkup = try ReadingConnection(path).read { LedgerCheck($0, scope: .full).perform() }
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
    static func pass(_ database: Database, path: String) throws {
        guard try database.tableExists("ledger"), try database.tableExists("runs") else { return }
        let isSmall = LedgerFile.size(path) <= smallFile
        let scope = try isSmall || !wasLastRunFinished(database) ? Scope.full : .brief
        try LedgerCheck(database, scope: scope).perform().throwFaults(path: path)
    }

    /// Makes sure that the log a dead process left holds all its commits; only for who has the lock.
    ///
    /// - Throws: `LedgerError.damaged`.
    static func passLog(_ path: String) throws {
        guard let fault = try WriteAheadLog(path).fault() else { return }
        throw LedgerError.damaged(path: path, what: fault)
    }

    private static func wasLastRunFinished(_ database: Database) throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT finished_at IS NOT NULL FROM runs ORDER BY id DESC LIMIT 1") ?? true
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

    private func perform() -> LedgerCheckup {
        LedgerCheckup(
            findings: LedgerCheckup.Part.allCases.map { part in
                LedgerCheckup.Finding(part: part, faults: Array(faults(of: part).prefix(Self.most)), leftOut: nil)
            }
        )
    }

    /// A part that cannot even be read is a fault, too.
    private func faults(of part: LedgerCheckup.Part) -> [String] {
        do {
            return switch part {
            case .file: scope == .full ? try structure() : []
            case .log: []
            case .schema: try schema()
            case .references: scope == .full ? try references() : []
            case .rows: try openRows() + (scope == .full ? linkedRows() + doubles() + attempts() : [])
            case .runs: try runs()
            }
        } catch {
            return ["the \(part.rawValue) cannot be read: \(Self.reason(error))"]
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? DatabaseError)?.message ?? "\(error)"
    }
}
