import Domain

/// What an engine does within a transaction; `LedgerSession` says it in the ledger's words.
protocol LedgerEngine: AnyObject {
    /// Whether each question is a way to a server and back, so that one about many rows is quicker than one for each.
    var isRemote: Bool { get }
    /// Whether what would make a statement fail need not be asked for first: a transaction in which one fails is carried
    /// out again, with an engine of which this is false.
    var isOptimistic: Bool { get }
    /// Executes a statement; that it fails may come out later, at the latest before the transaction is committed.
    func execute(_ sql: String, _ arguments: LedgerArguments) throws
    /// Executes a statement that is to change or find so many rows; that it fails, or does not, may come out later, too.
    func expect(
        _ count: Int,
        _ sql: String,
        _ arguments: LedgerArguments,
        otherwise error: @escaping () -> LedgerError
    ) throws
    /// Executes a statement and gives the number of rows it changed.
    func changes(_ sql: String, _ arguments: LedgerArguments) throws -> Int
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
