import GRDB

/// A connection to a ledger's file.
struct SQLiteStore: LedgerStore {
    let queue: DatabaseQueue
    private let path: String
    private let translate: @Sendable (DatabaseError, String) -> LedgerError

    /// - Parameters:
    ///   - queue: The connection.
    ///   - path: The file.
    ///   - translate: The words for what goes wrong.
    init(
        _ queue: DatabaseQueue,
        path: String,
        translate: @escaping @Sendable (DatabaseError, String) -> LedgerError = SQLiteFile.translated
    ) {
        self.queue = queue
        self.path = path
        self.translate = translate
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (LedgerSession) throws -> Result) async throws -> Result {
        do {
            return try await queue.write { try body(LedgerSession(SQLiteEngine($0))) }
        } catch {
            throw ledgerError(error)
        }
    }

    func writeNow<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try SQLiteFile.translating(path, translate) { try queue.write { try body(LedgerSession(SQLiteEngine($0))) } }
    }

    func read<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try SQLiteFile.translating(path, translate) { try queue.read { try body(LedgerSession(SQLiteEngine($0))) } }
    }

    private func ledgerError(_ error: any Error) -> any Error {
        SQLiteFile.ledgerError(error, path, translate)
    }
}
