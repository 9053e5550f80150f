/// Breaks good input in the ways that readers get wrong.
package struct ByteMutator: Sendable {
    /// Texts that mean something to the reader under test, or have broken readers before.
    private let words: [[UInt8]]

    /// Makes a mutator that knows the reader's own `words` besides those that any reader may stumble over.
    package init(words: [String] = []) {
        self.words = (Self.stumblingBlocks + words).map { Array($0.utf8) } + Self.brokenText
    }

    /// The input with up to `most` things done to it.
    package func mutated(_ input: [UInt8], atMost most: Int = 8, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 0...most, using: &random) { mutate(&bytes, &random) }
        return bytes
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let at = Int.random(in: 0...bytes.count, using: &random)
        let short = at..<min(bytes.count, at + Int.random(in: 0...4, using: &random))
        let long = at..<min(bytes.count, at + Int.random(in: 0...80, using: &random))
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: bytes.insert(contentsOf: random.pick(words), at: at)
        case 2: bytes.replaceSubrange(short, with: random.pick(words))
        case 3: bytes.insert(.random(in: 0...255, using: &random), at: at)
        case 4: if at < bytes.count { bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
        case 5: bytes.removeSubrange(short)
        case 6: bytes.insert(contentsOf: bytes[long], at: Int.random(in: 0...bytes.count, using: &random))
        case 7: bytes.removeSubrange(long)
        case 8: repeatPiece(&bytes, long, &random)
        default: if random.chance(oneIn: 4) { bytes.removeSubrange(at...) }
        }
    }

    /// Makes one piece very many: long fields, long lines, thousands of columns, deep nesting.
    private func repeatPiece(_ bytes: inout [UInt8], _ range: Range<Int>, _ random: inout SeededGenerator) {
        let piece = random.chance(oneIn: 2) ? Array(bytes[range].prefix(3)) : random.pick(words)
        let count = random.pick([2, 7, 65, 300])
        bytes.insert(contentsOf: repeatElement(piece, count: count).joined(), at: range.lowerBound)
    }

    private static let stumblingBlocks = [
        "\"", "\"\"", ",", "\n", "\r", "\r\n", "{", "}", "[", "]", ":", "\\", "\\u", "\\u0000", "\\ud83d", "\\ude00",
        "\\ud83d\\ude00", "é", "😀", "e\u{301}", "\u{301}", "\u{600}", "\u{200D}", "\u{202E}", "\u{A0}", "\u{FEFF}",
        "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{1B}[31m", "null", "true", "{}", "[]", "-1.5e", "-0", "1e400",
        "0.1", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "0000", "9999", " ", "\t",
    ]

    /// No UTF-8: an overlong zero, half a surrogate pair, a cut sequence, a byte order mark of UTF-16.
    private static let brokenText: [[UInt8]] = [[0xC0, 0x80], [0xED, 0xA0, 0xBD], [0xF0, 0x9F], [0xFF, 0xFE]]
}
