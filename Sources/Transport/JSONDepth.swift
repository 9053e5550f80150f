/// How deep the JSON of an answer is nested.
enum JSONDepth {
    /// The deepest nesting that is read; the deepest answer of either API has five levels.
    static let deepest = 32

    /// Whether a decoder, which calls itself for each level, can take the text without running out of stack.
    static func isReadable(_ text: [UInt8]) -> Bool {
        var (depth, isInString, isEscaped) = (0, false, false)
        for byte in text {
            if isInString {
                if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
                if depth > deepest { return false }
            }
        }
        return true
    }
}
