/// Looks for what must not be in a ledger: the engine's own checks, and what the states of the rows promise.
struct LedgerCheck {
    /// How much is looked at.
    enum Scope {
        /// Everything: about ten milliseconds for each megabyte of the file.
        case full
        /// What costs nothing however many rows are linked.
        case brief
    }

    /// The most faults of one part that are told.
    private static let most = 20

    let database: LedgerSession
    private let scope: Scope

    init(_ database: LedgerSession, scope: Scope) {
        self.database = database
        self.scope = scope
    }

    /// Makes sure that a writer may believe what it finds, before it writes anything.
    ///
    /// The whole ledger is looked at where it is small, or where the last writer did not come to its end.
    ///
    /// - Throws: `LedgerError.damaged`.
    static func pass(_ database: LedgerSession, path: String, isSmall: Bool) throws {
        guard try database.hasTable("ledger"), try database.hasTable("runs") else { return }
        let scope = try isSmall || !wasLastRunFinished(database) ? Scope.full : .brief
        try LedgerCheck(database, scope: scope).perform().throwFaults(path: path)
    }

    private static func wasLastRunFinished(_ database: LedgerSession) throws -> Bool {
        try database.value("SELECT finished_at IS NOT NULL FROM runs ORDER BY id DESC LIMIT 1") ?? true
    }

    /// Looks at all parts.
    ///
    /// - Throws: The engine's error where its server is gone, which is no fault of the ledger's.
    func perform() throws -> LedgerCheckup {
        LedgerCheckup(
            findings: try LedgerCheckup.Part.allCases.map { part in
                LedgerCheckup.Finding(part: part, faults: Array(try faults(of: part).prefix(Self.most)), leftOut: nil)
            }
        )
    }

    /// A part that cannot even be read is a fault, too.
    private func faults(of part: LedgerCheckup.Part) throws -> [String] {
        do {
            try database.engine.beginPart()
            return switch part {
            case .file: scope == .full ? try database.engine.structureFaults() : []
            case .log: []
            case .schema: try schema()
            case .references: scope == .full ? try database.engine.referenceFaults() : []
            case .rows: try openRows() + (scope == .full ? linkedRows() + doubles() + attempts() : [])
            case .runs: try runs()
            }
        } catch let error as any EngineError where error.isLost {
            throw error
        } catch {
            _ = try? database.engine.undoPart()
            return ["the \(part.rawValue) cannot be read: \(Self.reason(error))"]
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? any EngineError)?.reason ?? "\(error)"
    }
}
