/// The two formats of input.
enum InputFormat: Equatable {
    case csv
    case jsonLines

    /// The format that a file's name tells.
    init?(name: String) {
        let name = name.lowercased()
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
            self = .jsonLines
        } else if name.hasSuffix(".csv") || name.hasSuffix(".tsv") {
            self = .csv
        } else {
            return nil
        }
    }

    /// The format of an input that begins with `bytes`, or nothing where more of it must be seen.
    static func detect(
        _ bytes: Span<UInt8>,
        isLast: Bool,
        file: String
    ) throws(IntakeError) -> (format: InputFormat, start: Int)? {
        guard bytes.count >= 3 || isLast else { return nil }
        if isUTF16(bytes) { throw .utf16(file: file) }
        let start = bytes.has("\u{FEFF}", at: 0, before: bytes.count) ? 3 : 0
        let named = InputFormat(name: file)
        if named == .csv { return (.csv, start) }
        var at = start
        while at < bytes.count, [.blank, .tab, .carriageReturn, .lineFeed].contains(bytes[at]) { at += 1 }
        guard at < bytes.count else {
            // Blanks without end are not kept only to be looked at again and again; the decoders pass over them.
            return isLast || at > longestRecord ? (named ?? .csv, start) : nil
        }
        if bytes[at] == .openBracket { throw .jsonArray(file: file) }
        return (named ?? (bytes[at] == .openBrace ? .jsonLines : .csv), start)
    }

    /// Whether there is a byte order mark of UTF-16, or a first letter of it.
    private static func isUTF16(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 2 else { return false }
        return switch (bytes[0], bytes[1]) {
        case (0xFF, 0xFE), (0xFE, 0xFF), (0, 1...0x7F), (1...0x7F, 0): true
        default: false
        }
    }
}
