import Domain

/// Passes over values that nobody wants, with all the strictness of the others.
extension JSONCursor {
    /// Passes over the value that begins here; `depth` is that of what it stands in.
    mutating func skipValue(_ bytes: Span<UInt8>, depth: Int) throws(RecordProblem) {
        if isAtEnd { throw fault("") }
        switch bytes[at] {
        case .quote: _ = try string(bytes)
        case .openBrace: try skipObject(bytes, depth: depth + 1)
        case .openBracket: try skipArray(bytes, depth: depth + 1)
        case UInt8(ascii: "t"): try skip("true", bytes)
        case UInt8(ascii: "f"): try skip("false", bytes)
        case UInt8(ascii: "n"): try skip("null", bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber(bytes)
        default: throw fault("a value is missing here: text needs quotes")
        }
    }

    /// The problem of a line that does not begin with an object.
    func notAnObject(_ bytes: Span<UInt8>) -> RecordProblem {
        switch bytes[at] {
        case .quote, .openBracket, UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "-"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            RecordProblem(
                reason: .notAnObject,
                offset: at,
                message: "the line is not an object: write {\"customer_id\": …}"
            )
        default: fault("the line is not JSON: write one object per line")
        }
    }

    private mutating func skipObject(_ bytes: Span<UInt8>, depth: Int) throws(RecordProblem) {
        guard try enters(.closeBrace, bytes, depth: depth) else { return }
        repeat {
            _ = try key(bytes)
            try skipValue(bytes, depth: depth)
        } while try hasMore(before: .closeBrace, bytes)
    }

    private mutating func skipArray(_ bytes: Span<UInt8>, depth: Int) throws(RecordProblem) {
        guard try enters(.closeBracket, bytes, depth: depth) else { return }
        repeat {
            try skipValue(bytes, depth: depth)
        } while try hasMore(before: .closeBracket, bytes)
    }

    private mutating func skip(_ word: StaticString, _ bytes: Span<UInt8>) throws(RecordProblem) {
        guard bytes.has(word, at: at, before: end) else { throw fault("this is none of true, false and null") }
        at += word.utf8CodeUnitCount
    }

    private mutating func skipNumber(_ bytes: Span<UInt8>) throws(RecordProblem) {
        if isAt(UInt8(ascii: "-"), bytes) { at += 1 }
        if isAt(UInt8(ascii: "0"), bytes) { at += 1 } else { try skipDigits(bytes) }
        if isAt(UInt8(ascii: "."), bytes) {
            at += 1
            try skipDigits(bytes)
        }
        guard at < end, bytes[at].lowercased == UInt8(ascii: "e") else { return }
        at += 1
        if isAt(UInt8(ascii: "+"), bytes) || isAt(UInt8(ascii: "-"), bytes) { at += 1 }
        try skipDigits(bytes)
    }

    private mutating func skipDigits(_ bytes: Span<UInt8>) throws(RecordProblem) {
        guard at < end, bytes[at].isDigit else { throw fault("a digit is missing here") }
        while at < end, bytes[at].isDigit { at += 1 }
    }
}
