import Domain

/// A string of JSON whose syntax was found right.
struct JSONString {
    /// The text's bytes, without the quotes.
    let range: Range<Int>
    let hasEscapes: Bool

    /// The string as a cell; one with escapes is decoded to the end of `decoded`.
    @inline(__always)
    func cell(_ bytes: Span<UInt8>, into decoded: inout [UInt8]) throws(RecordProblem) -> Cell {
        let origin = range.lowerBound - 1
        guard hasEscapes else {
            return Cell(kind: .text, start: range.lowerBound, end: range.upperBound, origin: origin)
        }
        let start = decoded.count
        try decode(bytes, into: &decoded)
        return Cell(kind: .decodedText, start: start, end: decoded.count, origin: origin)
    }

    private func decode(_ bytes: Span<UInt8>, into decoded: inout [UInt8]) throws(RecordProblem) {
        var at = range.lowerBound
        while at < range.upperBound {
            if bytes[at] == .backslash {
                let escape = try JSONEscape(bytes, at: at, before: range.upperBound)
                decoded += String(escape.scalar).utf8
                at += escape.width
            } else {
                decoded.append(bytes[at])
                at += 1
            }
        }
    }
}
