package import Domain
package import Ledger

extension LedgerReader {
    /// Opens the ledger at an absolute path, or at the URL of a database.
    package init(path: String) throws {
        try self.init(Sample.place(path))
    }
}

extension LedgerPlanner {
    /// Plans by the ledger at an absolute path, or at the URL of a database.
    package init(path: String, policy: AdmissionPolicy) throws {
        try self.init(Sample.place(path), policy: policy)
    }
}

extension LedgerCheckup {
    /// Checks the ledger at an absolute path, or at the URL of a database.
    package static func examining(_ path: String) throws -> LedgerCheckup {
        try examining(Sample.place(path))
    }
}

extension LedgerCare {
    /// Prunes the ledger at an absolute path, or at the URL of a database.
    package static func prune(_ path: String, before: Timestamp, holder: String) throws -> Int {
        try prune(Sample.place(path), before: before, holder: holder)
    }
}
