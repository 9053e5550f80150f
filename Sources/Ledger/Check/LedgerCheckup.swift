/// What a check of a ledger has found, part by part.
package struct LedgerCheckup: Sendable, Equatable {
    /// What of a ledger is looked at.
    package enum Part: String, Sendable, CaseIterable {
        /// The engine's own structures.
        case file
        /// The write-ahead log that a killed process left behind.
        case log
        /// The tables, and the indexes that keep a link from being owned twice.
        case schema
        /// The rows that other tables name.
        case references
        /// What the states of the rows promise.
        case rows
        /// The runs, the writer's epoch, and whose ledger it is.
        case runs
    }

    /// What one part came to.
    package struct Finding: Sendable, Equatable {
        package let part: Part
        /// What is wrong, one clause each, with the row's number, owner and account where it is about a row.
        package let faults: [String]
        /// Why this part was not looked at, where it was not.
        package let leftOut: String?
    }

    package var findings: [Finding]

    /// Everything that is wrong.
    package var faults: [String] { findings.flatMap(\.faults) }

    /// Checks a whole ledger, also while a run writes it; nothing is changed.
    ///
    /// - Throws: `LedgerError` where there is no ledger, or where it cannot be read for a reason that is no fault of its
    ///   own.
    package static func examining(_ place: LedgerPlace) throws -> LedgerCheckup {
        switch place {
        case .file(let path): try SQLiteCheckup.examine(path)
        case .server(let server): try PostgreSQLOpening.examine(server)
        }
    }

    /// Throws what is wrong, so that nobody goes on with a ledger that cannot be believed.
    ///
    /// - Throws: `LedgerError.damaged` with the first fault and the number of the others.
    func throwFaults(path: String) throws {
        // What names a row says more than what SQLite says of the same row.
        guard let first = findings.first(where: { $0.part == .rows })?.faults.first ?? faults.first else { return }
        throw LedgerError.damaged(
            path: path,
            what: faults.count == 1 ? first : "\(first), and \(faults.count - 1) more"
        )
    }
}
