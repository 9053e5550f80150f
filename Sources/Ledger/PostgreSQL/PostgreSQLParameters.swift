/// A statement's values as libpq takes them: texts, each with a zero byte behind it, whose types the server knows from
/// where they stand.
struct PostgreSQLParameters {
    private var bytes: [CChar] = []
    /// Where each begins; nothing for null.
    private var starts: [Int?] = []

    init(_ values: [any LedgerValueConvertible]) {
        starts.reserveCapacity(values.count)
        for value in values { append(value.ledgerValue) }
    }

    /// Runs `body` with the values where libpq can read them.
    func withPointers<Result>(_ body: (CInt, UnsafePointer<UnsafePointer<CChar>?>?) throws -> Result) rethrows -> Result
    {
        try bytes.withUnsafeBufferPointer { bytes in
            let pointers = starts.map { start in start.flatMap { at in bytes.baseAddress.map { $0 + at } } }
            return try pointers.withUnsafeBufferPointer { try body(CInt(pointers.count), $0.baseAddress) }
        }
    }

    private mutating func append(_ value: LedgerValue) {
        if value == .null { return starts.append(nil) }
        starts.append(bytes.count)
        switch value {
        case .integer(let number): append("\(number)".utf8)
        case .real(let number): append("\(number)".utf8)
        // A text ends at its first zero byte, for PostgreSQL keeps none.
        case .text(let text): append(text.utf8.prefix { $0 != 0 })
        case .blob(let blob):
            append("\\x".utf8)
            for byte in blob { append(byte.hexDigits.utf8) }
        case .null: break
        }
        bytes.append(0)
    }

    private mutating func append(_ text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text.lazy.map { CChar(bitPattern: $0) })
    }
}
