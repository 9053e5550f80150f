/// The textual shape of a UUID: 8-4-4-4-12 hexadecimal digits.
package enum UUIDShape {
    /// Whether `text` has the shape, in either case.
    package static func matches(_ text: String) -> Bool {
        let bytes = text.utf8.span
        guard bytes.count == 36 else { return false }
        for at in 0..<36 {
            let isDash = at == 8 || at == 13 || at == 18 || at == 23
            if isDash ? bytes[at] != UInt8(ascii: "-") : !isHexDigit(bytes[at]) { return false }
        }
        return true
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
