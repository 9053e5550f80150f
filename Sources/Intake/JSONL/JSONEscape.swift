import Domain

/// One escape of a JSON string: `\n`, `\u00e9`, or a pair of surrogates.
struct JSONEscape {
    let scalar: Unicode.Scalar
    /// How many bytes it takes.
    let width: Int

    /// Reads the escape at `start`, whose syntax was found right; fails for half a surrogate pair.
    init(_ bytes: Span<UInt8>, at start: Int, before end: Int) throws(RecordProblem) {
        guard bytes[start + 1] == UInt8(ascii: "u") else {
            self.init(scalar: Self.short(bytes[start + 1]), width: 2)
            return
        }
        let first = Self.unit(bytes, at: start + 2)
        if let scalar = Unicode.Scalar(first) {
            self.init(scalar: scalar, width: 6)
        } else if let scalar = Self.pair(first, bytes, at: start + 6, before: end) {
            self.init(scalar: scalar, width: 12)
        } else {
            throw RecordProblem(
                reason: .badJSON,
                offset: start,
                message: "the escape is half of a surrogate pair: write both halves, or the character itself"
            )
        }
    }

    private init(scalar: Unicode.Scalar, width: Int) {
        self.scalar = scalar
        self.width = width
    }

    /// The character of a pair whose first half is `high` and whose second half is escaped at `start`.
    private static func pair(
        _ high: UInt32,
        _ bytes: Span<UInt8>,
        at start: Int,
        before end: Int
    ) -> Unicode.Scalar? {
        guard (0xD800...0xDBFF).contains(high), start + 6 <= end, bytes.has("\\u", at: start, before: end) else {
            return nil
        }
        let low = unit(bytes, at: start + 2)
        guard (0xDC00...0xDFFF).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private static func unit(_ bytes: Span<UInt8>, at start: Int) -> UInt32 {
        (start..<start + 4).reduce(0) { $0 << 4 | (bytes[$1].hexValue ?? 0) }
    }

    private static func short(_ letter: UInt8) -> Unicode.Scalar {
        switch letter {
        case UInt8(ascii: "b"): "\u{08}"
        case UInt8(ascii: "f"): "\u{0C}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        default: Unicode.Scalar(letter)
        }
    }
}
