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
    fileprivate static func linked(
        _ marked: MarkedRow,
        expected: Link.ID?,
        _ database: LedgerSession
    ) throws -> Link.ID? {
        // A row at a known place is found without reading pages of the index from all over the file.
        if let expected, let next: Link.ID = try database.value(atPlace, [marked.high, marked.low, expected]) {
            return next
        }
        return try database.value(byMark, [marked.high, marked.low])
    }
}

/// Finds the rows of a piece of the input that are linked, and of which the input says what it said before.
struct LinkedRows {
    private let database: LedgerSession
    /// The rows' numbers in the order of the input, where they had better be asked for all at once.
    private let numbers: [Link.ID?]?
    private let rows: [MarkedRow]

    init(_ rows: [MarkedRow], _ database: LedgerSession) throws {
        (self.rows, self.database) = (rows, database)
        numbers = try database.isRemote ? Self.numbers(rows, database) : nil
    }

    /// The rows of which there is more to find out, where that is known by now.
    var unknown: [MarkedRow] {
        guard let numbers else { return [] }
        return zip(rows, numbers).compactMap { $1 == nil ? $0 : nil }
    }

    /// The number of the row at a place in the piece; nothing where there is more to find out about it.
    ///
    /// Where the input is in the ledger's order it is the `expected` one.
    func number(at place: Int, expected: Link.ID?) throws -> Link.ID? {
        try numbers.map { $0[place] } ?? LinkRecord.linked(rows[place], expected: expected, database)
    }

    private static func numbers(_ rows: [MarkedRow], _ database: LedgerSession) throws -> [Link.ID?] {
        let found = try database.rows(
            """
            SELECT marks.place, links.id FROM unnest(?::bigint[], ?::bigint[]) WITH ORDINALITY AS marks (high, low, place)
            JOIN links ON input_high = high AND input_low = low AND state = 'linked'
            """,
            [PostgreSQLArray.text(rows.map(\.high)), PostgreSQLArray.text(rows.map(\.low))]
        )
        var numbers = [Link.ID?](repeating: nil, count: rows.count)
        for row in found { numbers[try row.value(at: 0) - 1] = try row.value(at: 1) as Link.ID }
        return numbers
    }
}
