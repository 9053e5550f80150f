/// The rows of an answer, one after the other.
protocol LedgerCursor: AnyObject {
    /// The next row; nothing at the end.
    func next() throws -> LedgerRow?
}
