/// Texts as cells of CSV: RFC 4180, quoted only where a reader would take the bare text for something else.
struct CSVCell: Sendable {
    /// Whether cells that a spreadsheet would take for a formula get a leading apostrophe.
    let spreadsheetSafe: Bool

    /// Writes the cell.
    func append(_ text: String, to buffer: inout [UInt8]) {
        let isQuoted = Self.mustBeQuoted(text.utf8)
        if isQuoted { buffer.append(Self.quote) }
        if spreadsheetSafe, Self.startsFormula(text.utf8) { buffer.append(UInt8(ascii: "'")) }
        if isQuoted {
            Self.appendDoublingQuotes(text.utf8, to: &buffer)
            buffer.append(Self.quote)
        } else {
            buffer.append(contentsOf: text.utf8)
        }
    }

    private static let quote = UInt8(ascii: "\"")

    private static func mustBeQuoted(_ bytes: String.UTF8View) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return isBlank(first) || isBlank(last) || bytes.contains(where: isSpecial)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == quote || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
    }

    private static func startsFormula(_ bytes: String.UTF8View) -> Bool {
        switch bytes.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"):
            true
        default: false
        }
    }

    private static func appendDoublingQuotes(_ bytes: String.UTF8View, to buffer: inout [UInt8]) {
        for byte in bytes {
            if byte == quote { buffer.append(quote) }
            buffer.append(byte)
        }
    }
}
