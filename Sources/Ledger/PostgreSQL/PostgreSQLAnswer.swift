import CPostgreSQL

/// What a server answered a statement with; frees it.
final class PostgreSQLAnswer {
    private let result: OpaquePointer?

    /// - Parameter result: What libpq gave, which is now this value's.
    init(_ result: OpaquePointer?) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    /// Whether the statement did what it was to do.
    var isGood: Bool { [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) }
    /// Whether it is the end of the answers that were asked for together.
    var isSync: Bool { PQresultStatus(result) == PGRES_PIPELINE_SYNC }
    var rowCount: Int { Int(PQntuples(result)) }
    /// What the statement turned out to be, as COMMIT or ROLLBACK.
    var command: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }
    /// How many rows it changed or found.
    var changes: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }
    var columns: ColumnNames {
        ColumnNames((0..<PQnfields(result)).map { PQfname(result, $0).map { String(cString: $0) } ?? "" })
    }

    /// The error's five characters.
    var state: String { field(CInt(UInt8(ascii: "C"))) }
    /// The error in the server's words, without what it quotes of the rows.
    var message: String { field(CInt(UInt8(ascii: "M"))) }

    /// A value; text formats are those that PostgreSQL has always had.
    func value(_ row: Int, _ column: Int) -> LedgerValue {
        let (row, column) = (CInt(row), CInt(column))
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let text = String(cString: start)
        switch PQftype(result, column) {
        case 16: return .integer(text == "t" ? 1 : 0)
        case 20, 21, 23, 26: return Int64(text).map { .integer($0) } ?? .text(text)
        case 700, 701: return Double(text).map { .real($0) } ?? .text(text)
        // Sums of whole numbers come as numbers of any length.
        case 1700: return Int64(text).map { .integer($0) } ?? Double(text).map { .real($0) } ?? .text(text)
        case 17: return .blob(Self.bytes(UnsafeRawBufferPointer(start: start, count: text.utf8.count)))
        default: return .text(text)
        }
    }

    /// The bytes of `\x…`.
    private static func bytes(_ hex: UnsafeRawBufferPointer) -> [UInt8] {
        func digit(_ character: UInt8) -> UInt8 { character < 58 ? character - 48 : character - 87 }
        return stride(from: 2, to: hex.count - 1, by: 2).map { digit(hex[$0]) << 4 | digit(hex[$0 + 1]) }
    }

    private func field(_ code: CInt) -> String {
        PQresultErrorField(result, code).map { String(cString: $0) } ?? ""
    }
}
