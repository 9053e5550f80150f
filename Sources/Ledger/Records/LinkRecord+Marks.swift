import Domain

extension LinkRecord {
    private static let isMarked = "input_high = ? AND input_low = ? AND state = 'linked'"
    private static let byMark = "SELECT id FROM links WHERE \(isMarked)"
    private static let atPlace = "SELECT id FROM links WHERE \(isMarked) AND id = ?"

    /// The row, where it is linked and the input says of it what it said before: then there is nothing to do.
    ///
    /// - Parameters:
    ///   - marked: The input's row.
    ///   - expected: Where it is if the input is in the ledger's order.
    ///   - database: The ledger.
    /// - Returns: The row's number; nothing where there is more to find out about it.
    /// - Throws: What the ledger throws.
    static func linked(_ marked: MarkedRow, expected: Link.ID?, _ database: LedgerSession) throws -> Link.ID? {
        // A row at a known place is found without reading pages of the index from all over the file.
        if let expected, let next: Link.ID = try database.value(atPlace, [marked.high, marked.low, expected]) {
            return next
        }
        return try database.value(byMark, [marked.high, marked.low])
    }
}
