/// A connection that reads one ledger, also while a run is writing it.
struct ReadingConnection: Sendable {
    private let store: any LedgerStore

    /// Opens a ledger.
    ///
    /// - Throws: `LedgerError.missing`, `.empty`, `.notALedger`, `.newer`, `.damaged` or `.cannotRead`; of a server also
    ///   `.unreachable`, `.refused` or `.insecure`.
    init(_ place: LedgerPlace) throws {
        store =
            switch place {
            case .file(let path): try SQLiteStore.reading(path)
            case .server(let server): try PostgreSQLOpening.reading(server)
            }
    }

    /// Runs `body` at one moment of the ledger.
    ///
    /// - Throws: What `body` throws; what the engine throws as `LedgerError`.
    func read<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try store.read(body)
    }
}
