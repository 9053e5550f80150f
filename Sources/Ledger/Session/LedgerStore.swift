/// A connection to a ledger, which carries out one transaction after the other.
protocol LedgerStore: Sendable {
    /// Runs `body` in a transaction on the store's own thread; returns once it is durable.
    ///
    /// - Throws: What `body` throws; what the engine throws as `LedgerError`.
    func write<Result: Sendable>(_ body: @escaping @Sendable (LedgerSession) throws -> Result) async throws -> Result

    /// The same for who may be kept waiting.
    func writeNow<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result

    /// Runs `body` at one moment of the ledger.
    ///
    /// - Throws: What `body` throws; what the engine throws as `LedgerError`.
    func read<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result
}
