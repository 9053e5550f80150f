/// Searches over contiguous bytes, eight at a time.
extension Span where Element == UInt8 {
    /// The first place in `start..<end` that holds `first`, `second` or `third`; `end` where there is none.
    @inline(__always)
    func index(of first: UInt8, or second: UInt8, or third: UInt8, from start: Int, to end: Int) -> Int {
        let patterns = (ByteWord(repeating: first), ByteWord(repeating: second), ByteWord(repeating: third))
        var at = start
        while at &+ 8 <= end {
            let word = word(at: at)
            let hits = word.zeros(under: patterns.0) | word.zeros(under: patterns.1) | word.zeros(under: patterns.2)
            if hits != 0 { return at &+ hits.trailingZeroBitCount / 8 }
            at &+= 8
        }
        while at < end {
            let byte = self[at]
            if byte == first || byte == second || byte == third { return at }
            at &+= 1
        }
        return end
    }

    /// The first place in `start..<end` that holds `byte`; `end` where there is none.
    func index(of byte: UInt8, from start: Int, to end: Int) -> Int {
        index(of: byte, or: byte, or: byte, from: start, to: end)
    }

    /// The first quote, backslash or control character of a JSON string's text in `start..<end`.
    @inline(__always)
    func indexOfStringStop(from start: Int, to end: Int) -> Int {
        var at = start
        while at &+ 8 <= end {
            let word = word(at: at)
            let hits =
                word.zeros(under: ByteWord(repeating: .quote)) | word.zeros(under: ByteWord(repeating: .backslash))
                | word.lanes(below: 0x20)
            if hits != 0 { return at &+ hits.trailingZeroBitCount / 8 }
            at &+= 8
        }
        while at < end, self[at] != .quote, self[at] != .backslash, self[at] >= 0x20 { at &+= 1 }
        return at
    }

    /// Whether `range` holds printable ASCII only.
    @inline(__always)
    func isPlain(_ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        while at &+ 8 <= range.upperBound {
            let word = word(at: at)
            let odd = word & ByteWord.highBits | word.lanes(below: 0x20) | word.zeros(under: .init(repeating: 0x7F))
            if odd != 0 { return false }
            at &+= 8
        }
        while at < range.upperBound {
            if self[at] < 0x20 || self[at] >= 0x7F { return false }
            at &+= 1
        }
        return true
    }

    /// Whether `text` stands at `start`, wholly before `end`.
    @inline(__always)
    func has(_ text: StaticString, at start: Int, before end: Int) -> Bool {
        guard end - start >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { expected in
            for offset in 0..<expected.count where self[start + offset] != expected[offset] { return false }
            return true
        }
    }

    /// The eight bytes from `offset` on, which have to be there.
    @inline(__always)
    func word(at offset: Int) -> ByteWord {
        ByteWord(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: ByteWord.self))
    }
}
