/// A connection to a ledger, which carries out one transaction after the other.
protocol LedgerStore: Sendable {
    /// Runs `body` in a transaction on the store's own thread; returns once it is durable.
    ///
    /// - Throws: What `body` throws; what the engine throws as `LedgerError`.
    func write<Result: Sendable>(_ body: @escaping @Sendable (LedgerSession) throws -> Result) async throws -> Result

    /// The same for who may be kept waiting.
    func writeNow<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result

    /// Whether a transaction may be carried out more than once: then `body` has to forget what it did outside of the ledger.
    var mayRepeat: Bool { get }

    /// Takes note of the run that writes: from here on every transaction makes sure, where a server keeps the ledger, that
    /// nobody has taken it over.
    func sign(as run: Int64)

    /// Runs `body` at one moment of the ledger.
    ///
    /// - Throws: What `body` throws; what the engine throws as `LedgerError`.
    func read<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result
}

extension LedgerStore {
    var mayRepeat: Bool { false }

    func sign(as run: Int64) {}
}
