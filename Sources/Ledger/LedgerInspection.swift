/// Looks into a ledger, and changes it, past all that the product makes sure of; for tests and tools.
package struct LedgerInspection: Sendable {
    private let store: any LedgerStore

    /// Connects, whoever else has the ledger.
    ///
    /// - Throws: `LedgerError`.
    package init(_ place: LedgerPlace) throws {
        store =
            switch place {
            case .file(let path): try SQLiteStore.inspecting(path)
            case .server(let server): try PostgreSQLStore(server)
            }
    }

    /// Runs `body` in a transaction.
    package func write<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try store.writeNow(body)
    }

    /// Runs `body` in a transaction the way a run's are, which may be more than once.
    package func write<Result: Sendable>(
        asRun body: @escaping @Sendable (LedgerSession) throws -> Result
    ) async throws -> Result {
        try await store.write(body)
    }

    /// Runs `body` at one moment of the ledger.
    package func read<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try store.read(body)
    }
}
