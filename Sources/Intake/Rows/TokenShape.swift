/// How Plaid's tokens look: `access-sandbox-…` and their kin.
enum TokenShape {
    static let types: [StaticString] = ["access-", "public-", "processor-", "link-"]
    static let environments: [StaticString] = ["sandbox-", "production-", "development-"]
    static let accessHeads: [StaticString] = ["access-sandbox-", "access-production-", "access-development-"]
}

extension Span where Element == UInt8 {
    /// Whether `range` begins as a Plaid token does, or has a whole one anywhere in it.
    func holdsToken(_ range: Range<Int>) -> Bool {
        var dash = range.lowerBound
        while true {
            dash = index(of: UInt8(ascii: "-"), from: dash, to: range.upperBound)
            if dash == range.upperBound { return false }
            if let start = tokenStart(before: dash, in: range) {
                if start == range.lowerBound { return true }
                let rest = dash + 1 + environmentWidth(at: dash + 1, before: range.upperBound)
                if rest + 36 <= range.upperBound, isUUID(at: rest) { return true }
            }
            dash += 1
        }
    }

    /// Whether the 36 bytes at `start` are a UUID in text form.
    func isUUID(at start: Int) -> Bool {
        guard start >= 0, start + 36 <= count else { return false }
        // The dashes are the bytes 8, 13, 18 and 23; the last word overlaps the one before it.
        return isHex(at: start, dashes: 0) && isHex(at: start + 8, dashes: 0x0000_8000_0000_0080)
            && isHex(at: start + 16, dashes: 0x8000_0000_0080_0000) && isHex(at: start + 24, dashes: 0)
            && isHex(at: start + 28, dashes: 0)
    }

    /// Whether eight bytes are dashes where they are marked, and hexadecimal digits everywhere else.
    @inline(__always)
    private func isHex(at start: Int, dashes: ByteWord) -> Bool {
        let word = word(at: start)
        let found = word.lanes(in: UInt8(ascii: "-")...UInt8(ascii: "-"))
        return word.digits | word.letters(upTo: UInt8(ascii: "f")) | dashes == ByteWord.highBits
            && found & dashes == dashes
    }

    /// Where a token begins whose type ends with the dash at `dash`.
    private func tokenStart(before dash: Int, in range: Range<Int>) -> Int? {
        guard environmentWidth(at: dash + 1, before: range.upperBound) > 0 else { return nil }
        for type in TokenShape.types {
            let start = dash + 1 - type.utf8CodeUnitCount
            if start >= range.lowerBound, has(type, at: start, before: dash + 1) { return start }
        }
        return nil
    }

    private func environmentWidth(at start: Int, before end: Int) -> Int {
        guard start < end,
            self[start] == UInt8(ascii: "s") || self[start] == UInt8(ascii: "p")
                || self[start] == UInt8(ascii: "d")
        else { return 0 }
        for environment in TokenShape.environments where has(environment, at: start, before: end) {
            return environment.utf8CodeUnitCount
        }
        return 0
    }
}
