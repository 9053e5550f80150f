/// Texts as JSON strings: only what RFC 8259 asks for is escaped, everything else stays UTF-8.
enum JSONString {
    /// Writes the text with its quotes.
    static func append(_ text: String, to buffer: inout [UInt8]) {
        buffer.append(quote)
        if text.utf8.contains(where: mustBeEscaped) {
            for byte in text.utf8 { append(byte, to: &buffer) }
        } else {
            buffer.append(contentsOf: text.utf8)
        }
        buffer.append(quote)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let hexDigits = Array("0123456789abcdef".utf8)

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == quote || byte == backslash
    }

    private static func append(_ byte: UInt8, to buffer: inout [UInt8]) {
        guard mustBeEscaped(byte) else { return buffer.append(byte) }
        buffer.append(backslash)
        switch byte {
        case quote, backslash: buffer.append(byte)
        case 0x08: buffer.append(UInt8(ascii: "b"))
        case 0x09: buffer.append(UInt8(ascii: "t"))
        case 0x0A: buffer.append(UInt8(ascii: "n"))
        case 0x0C: buffer.append(UInt8(ascii: "f"))
        case 0x0D: buffer.append(UInt8(ascii: "r"))
        default:
            buffer.append(contentsOf: "u00".utf8)
            buffer.append(hexDigits[Int(byte >> 4)])
            buffer.append(hexDigits[Int(byte & 0x0F)])
        }
    }
}
