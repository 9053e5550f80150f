import Domain

/// Finds the rows of a piece of the input that are linked, and of which the input says what it said before: with them there
/// is nothing to do.
struct LinkedRows {
    /// So many rows in the ledger's order, found one by one, promise more: it takes as long to begin to read it.
    private static let longEnough = 16

    /// The rows' numbers, in the order of the input; nothing for one about which there is more to find out.
    let numbers: [Link.ID?]
    private let rows: [MarkedRow]

    /// - Parameters:
    ///   - rows: A piece of the input.
    ///   - expected: The first one's number, where the input has been in the ledger's order up to there.
    ///   - database: The ledger.
    /// - Throws: What the ledger throws.
    init(_ rows: [MarkedRow], expected: Link.ID?, _ database: LedgerSession) throws {
        self.rows = rows
        numbers = try database.isRemote ? Self.atOnce(rows, database) : Self.inOrder(rows, expected, database)
    }

    /// The rows about which there is more to find out.
    var unknown: [MarkedRow] {
        zip(rows, numbers).compactMap { $1 == nil ? $0 : nil }
    }

    private static func atOnce(_ rows: [MarkedRow], _ database: LedgerSession) throws -> [Link.ID?] {
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

    /// Rows in the ledger's order are read one after the other, without looking for pages of an index all over the file.
    private static func inOrder(
        _ rows: [MarkedRow],
        _ expected: Link.ID?,
        _ database: LedgerSession
    ) throws -> [Link.ID?] {
        var following = try expected.map { try Following($0, rows.count, database) }
        var (last, streak) = (Link.ID?.none, 0)
        return try rows.map { row in
            if let number = try following?.take(row) { return number }
            let found: Link.ID? = try database.value(
                "SELECT id FROM links WHERE input_high = ? AND input_low = ? AND state = 'linked'",
                [row.high, row.low]
            )
            guard let found else { return nil }
            streak = found == last.map { $0 + 1 } ? streak + 1 : 1
            last = found
            if streak == Self.longEnough { following = try Following(found + 1, rows.count, database) }
            return found
        }
    }
}

/// The linked rows from a number on, which the input is expected to name one after the other.
private struct Following {
    private let cursor: any LedgerCursor
    private var next: (high: Int64, low: Int64, number: Link.ID)?

    /// - Parameters:
    ///   - first: The number from which on they are read.
    ///   - count: So many numbers at most: there may be a million rows that are not linked before the next one that is.
    ///   - database: The ledger.
    /// - Throws: What the ledger throws.
    init(_ first: Link.ID, _ count: Int, _ database: LedgerSession) throws {
        // Whatever SQLite may think of the marks' index: sorting what it finds would read all of it.
        cursor = try database.cursor(
            """
            SELECT input_high, input_low, id FROM links NOT INDEXED
            WHERE id >= ? AND id < ? AND state = 'linked' AND input_high IS NOT NULL ORDER BY id
            """,
            [first, first + Int64(count)]
        )
        try step()
    }

    /// The row's number if it is the one that follows.
    mutating func take(_ row: MarkedRow) throws -> Link.ID? {
        guard let next, next.high == row.high, next.low == row.low else { return nil }
        try step()
        return next.number
    }

    private mutating func step() throws {
        next = try cursor.next().map { (try $0.value(at: 0), try $0.value(at: 1), try $0.value(at: 2)) }
    }
}
