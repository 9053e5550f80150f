/// The textual shape of a UUID: 8-4-4-4-12 hexadecimal digits.
package enum UUIDShape {
    /// Whether `text` has the shape, in either case.
    package static func matches(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard bytes.count == 36 else { return false }
        return zip(bytes, 0...).allSatisfy { byte, position in
            dashes.contains(position) ? byte == UInt8(ascii: "-") : isHexDigit(byte)
        }
    }

    private static let dashes: Set<Int> = [8, 13, 18, 23]

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
