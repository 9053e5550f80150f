/// Eight bytes that are looked at together; the first byte is the lowest.
///
/// The lane tests mark the highest bit of a byte that matches. But for `lanes(in:)`, marks above the lowest one may be
/// false, so that only "is there one" and "where is the first" may be asked (Hacker's Delight, 2nd edition, section 6-1).
typealias ByteWord = UInt64

extension ByteWord {
    static let lowBits: ByteWord = 0x0101_0101_0101_0101
    static let highBits: ByteWord = 0x8080_8080_8080_8080

    @inline(__always)
    init(repeating byte: UInt8) {
        self = ByteWord(byte) &* Self.lowBits
    }

    /// Marks the bytes that equal those of `pattern`.
    @inline(__always)
    func zeros(under pattern: ByteWord) -> ByteWord {
        let difference = self ^ pattern
        return (difference &- Self.lowBits) & ~difference & Self.highBits
    }

    /// Marks the bytes in `range`, whose bounds are below 128.
    @inline(__always)
    func lanes(in range: ClosedRange<UInt8>) -> ByteWord {
        let low = self & ~Self.highBits
        // No lane carries into the next: each sum of two is 255 at most.
        let atLeast = low &+ ByteWord(repeating: 0x80 - range.lowerBound)
        let beyond = low &+ ByteWord(repeating: 0x7F - range.upperBound)
        return atLeast & ~beyond & ~self & Self.highBits
    }

    /// Marks the digits.
    @inline(__always)
    var digits: ByteWord { lanes(in: UInt8(ascii: "0")...UInt8(ascii: "9")) }

    /// Marks the letters up to `last`, which is small, in either case.
    @inline(__always)
    func letters(upTo last: UInt8) -> ByteWord {
        (self | ByteWord(repeating: 0x20)).lanes(in: UInt8(ascii: "a")...last)
    }

    /// Marks the bytes smaller than `limit`, which is at most 128.
    @inline(__always)
    func lanes(below limit: UInt8) -> ByteWord {
        (self &- ByteWord(repeating: limit)) & ~self & Self.highBits
    }
}
