import Domain

/// What an engine does within a transaction; `LedgerSession` says it in the ledger's words.
protocol LedgerEngine: AnyObject {
    /// Executes a statement and gives the number of rows it changed.
    func execute(_ sql: String, _ arguments: LedgerArguments) throws -> Int
    /// Executes several statements without values.
    func executeScript(_ script: String) throws
    /// Executes an INSERT of one row and gives the new row's `id`.
    func insert(_ sql: String, _ arguments: LedgerArguments) throws -> Int64
    /// The first value of the first row; nothing where there is no row.
    func firstValue(_ sql: String, _ arguments: LedgerArguments) throws -> LedgerValue?
    /// The first row.
    func firstRow(_ sql: String, _ arguments: LedgerArguments) throws -> LedgerRow?
    /// All rows.
    func rows(_ sql: String, _ arguments: LedgerArguments) throws -> [LedgerRow]
    /// The rows one after the other, without holding the answer in memory.
    func cursor(_ sql: String, _ arguments: LedgerArguments) throws -> any LedgerCursor
    /// The numbers of those of these rows that are linked by their marks, in their order; nothing at all where one
    /// question for each is as quick as one for all.
    func linked(_ rows: [MarkedRow]) throws -> [Int64?]?
    /// What a statement says after a table's name to make the engine use an index.
    func hint(index: String) -> String
    /// What an UPDATE of a table's one row says at its end to leave out a row that another process is changing.
    func unlessLocked(_ table: String) -> String
    /// Whether the ledger has a table.
    func hasTable(_ name: String) throws -> Bool
    /// Begins what may fail without undoing the transaction.
    func beginPart() throws
    /// Undoes what has failed since then.
    func undoPart() throws
    /// What the engine finds wrong with its own structures.
    func structureFaults() throws -> [String]
    /// Rows that name others which are not there.
    func referenceFaults() throws -> [String]
    /// The names of tables and indexes.
    func schemaNames() throws -> Set<String>
}
