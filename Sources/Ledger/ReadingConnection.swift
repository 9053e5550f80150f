/// A connection that reads one ledger, also while a run is writing it.
struct ReadingConnection: Sendable {
    private let store: any LedgerStore

    /// Opens a ledger.
    ///
    /// - Throws: `LedgerError.missing`, `.empty`, `.notALedger`, `.newer`, `.damaged` or `.cannotRead`.
    init(_ path: String) throws {
        store = try SQLiteStore.reading(path)
    }

    /// Runs `body` at one moment of the ledger.
    ///
    /// - Throws: What `body` throws; what the engine throws as `LedgerError`.
    func read<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try store.read(body)
    }
}
