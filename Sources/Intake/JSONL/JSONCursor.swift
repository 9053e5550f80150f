import Domain

/// A place in a line of JSON that moves over its syntax (RFC 8259) and over what nobody wants.
struct JSONCursor {
    var at = 0
    var end = 0

    /// The deepest nesting that is read.
    static let deepest = 64

    var isAtEnd: Bool { at >= end }

    @inline(__always)
    func isAt(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        at < end && bytes[at] == byte
    }

    /// Passes over blanks; a carriage return counts as one, so that CRLF needs no care.
    @inline(__always)
    mutating func skipBlanks(_ bytes: Span<UInt8>) {
        while at < end, bytes[at] == .blank || bytes[at] == .tab || bytes[at] == .carriageReturn { at += 1 }
    }

    /// Passes over the opening of an object or array and answers whether there is anything before its `closer`.
    mutating func enters(_ closer: UInt8, _ bytes: Span<UInt8>, depth: Int) throws(RecordProblem) -> Bool {
        if depth > Self.deepest { throw fault("the line is nested deeper than \(Self.deepest) levels") }
        at += 1
        skipBlanks(bytes)
        guard isAt(closer, bytes) else { return true }
        at += 1
        return false
    }

    /// Passes over what parts two members and answers whether another follows; passes over `closer` otherwise.
    mutating func hasMore(before closer: UInt8, _ bytes: Span<UInt8>) throws(RecordProblem) -> Bool {
        skipBlanks(bytes)
        let isComma = isAt(.comma, bytes)
        guard isComma || isAt(closer, bytes) else {
            throw fault("a comma or \(Character(Unicode.Scalar(closer))) is missing here")
        }
        at += 1
        if isComma { skipBlanks(bytes) }
        return isComma
    }

    /// Reads a key with its colon and stands on the value then.
    mutating func key(_ bytes: Span<UInt8>) throws(RecordProblem) -> JSONString {
        guard isAt(.quote, bytes) else { throw fault("a key in quotes is missing here") }
        let key = try string(bytes)
        if !bytes.isPlain(key.range) { try checkUTF8(bytes, key.range) }
        skipBlanks(bytes)
        guard isAt(.colon, bytes) else { throw fault("a colon is missing here") }
        at += 1
        skipBlanks(bytes)
        return key
    }

    /// Reads the string that begins here.
    mutating func string(_ bytes: Span<UInt8>) throws(RecordProblem) -> JSONString {
        let start = at + 1
        var hasEscapes = false
        at = start
        while true {
            at = bytes.indexOfStringStop(from: at, to: end)
            if isAtEnd { throw fault("") }
            switch bytes[at] {
            case .quote:
                at += 1
                return JSONString(range: start..<at - 1, hasEscapes: hasEscapes)
            case .backslash:
                hasEscapes = true
                try skipEscape(bytes)
            default: throw fault("a control character stands in a string: write it as an escape")
            }
        }
    }

    /// A syntax fault at this place, or at the end of the line.
    func fault(_ message: String) -> RecordProblem {
        RecordProblem(
            reason: .badJSON,
            offset: at,
            message: isAtEnd ? "the line ends inside the object: write each object on one line" : message
        )
    }

    private mutating func skipEscape(_ bytes: Span<UInt8>) throws(RecordProblem) {
        let escape = self
        at += 1
        if isAtEnd { throw fault("") }
        switch bytes[at] {
        case .quote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 1
        case UInt8(ascii: "u"):
            for _ in 0..<4 {
                at += 1
                guard at < end, bytes[at].isHexDigit else { throw fault("a hexadecimal digit is missing here") }
            }
            at += 1
        default: throw escape.fault("JSON has no such escape")
        }
    }

    private func checkUTF8(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RecordProblem) {
        do {
            _ = try bytes.text(range)
        } catch {
            let message = "a key is not UTF-8: save the file with that encoding"
            throw RecordProblem(reason: .badUTF8, offset: error.offset, message: message)
        }
    }
}
