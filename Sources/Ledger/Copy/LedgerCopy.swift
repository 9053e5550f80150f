import Domain

/// Copies a whole ledger from one engine to another, or to another place of the same.
package struct LedgerCopy: Sendable {
    /// What was copied.
    package struct Outcome: Sendable, Equatable {
        /// The rows of the ledger: links, not calls or runs.
        package let links: Int
        /// All rows of all tables.
        package let records: Int
    }

    private let from: LedgerPlace
    private let to: LedgerPlace
    private let holder: String

    /// Says what is to be copied where; `holder` is who has both ledgers' locks for that time.
    package init(from: LedgerPlace, to: LedgerPlace, holder: String) {
        (self.from, self.to, self.holder) = (from, to, holder)
    }

    /// Copies; where this fails, nothing is at the new place.
    ///
    /// No run may be using the ledger, for what it did meanwhile would not be in the copy.
    ///
    /// - Throws: `LedgerError`.
    package func perform() throws -> Outcome {
        guard from != to else { throw LedgerError.cannotCreate(path: to.description, why: "it is the ledger itself") }
        let source = try LedgerSource(from, holder: holder)
        defer { withExtendedLifetime(source) {} }
        switch to {
        case .file(let path): return try SQLiteCopyTarget(path, holder: holder).fill { try copy(source, into: $0) }
        case .server(let server):
            return try PostgreSQLOpening.fill(server, holder: holder) { try copy(source, into: $0) }
        }
    }

    private func copy(_ source: LedgerSource, into target: LedgerSession) throws -> Outcome {
        try source.store.read { session in
            guard try session.hasTable("ledger") else { throw LedgerError.missing(path: from.description) }
            var records: [String: Int] = [:]
            for table in LedgerTable.all { records[table.name] = try Self.copy(table, session, target) }
            for table in LedgerTable.all {
                let count: Int = try target.value("SELECT count(*) FROM \(table.name)") ?? 0
                guard count == records[table.name] else {
                    throw LedgerError.cannotWrite(path: to.description, why: "not all of \(table.name) has arrived")
                }
            }
            return Outcome(links: records["links"] ?? 0, records: records.values.reduce(0, +))
        }
    }

    /// As many rows as go into one statement: engines take some 32,000 values.
    private static let piece = 100

    private static func copy(_ table: LedgerTable, _ source: LedgerSession, _ target: LedgerSession) throws -> Int {
        let columns = table.columns.joined(separator: ", ")
        let rows = try source.cursor("SELECT \(columns) FROM \(table.name) ORDER BY \(table.key)")
        var (count, values) = (0, [any LedgerValueConvertible]())
        func flush() throws {
            if values.isEmpty { return }
            let places = "(" + table.columns.map { _ in "?" }.joined(separator: ", ") + ")"
            let all = Array(repeating: places, count: values.count / table.columns.count).joined(separator: ", ")
            try target.execute("INSERT INTO \(table.name) (\(columns)) VALUES \(all)", .places(values))
            values.removeAll(keepingCapacity: true)
        }
        while let row = try rows.next() {
            for place in table.columns.indices { values.append(try row.value(at: place) as LedgerValue) }
            count += 1
            if count % piece == 0 { try flush() }
        }
        try flush()
        return count
    }
}

/// A ledger that is read to be copied, with its lock.
private struct LedgerSource {
    let store: any LedgerStore
    private let lock: any Sendable

    init(_ place: LedgerPlace, holder: String) throws {
        switch place {
        case .file(let path):
            try LedgerFile.checkThere(path)
            lock = try LedgerLock(ledger: path, holder: holder)
            try SQLiteCheckup.passLog(path)
            let store = try SQLiteStore.reading(path)
            guard try SQLiteFile.isCurrent(store.queue) else { throw LedgerError.older(path: path) }
            self.store = store
        case .server(let server):
            let store = try PostgreSQLOpening.reading(server)
            try PostgreSQLLock.take(store, .alone, name: server.name, holder: holder)
            (self.store, lock) = (store, store)
        }
        try self.store.read { try LedgerCheck($0, scope: .full).perform().throwFaults(path: place.description) }
    }
}
