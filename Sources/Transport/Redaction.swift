/// Makes a remote text fit to be kept and shown: no secret that was sent, nothing that looks like a token, one line.
///
/// It looks at bytes and not at characters: what a text is written with may join a secret's first or last letter to
/// a character of another name.
package struct Redaction: Sendable {
    private let secrets: [String]
    private static let longest = 300
    private static let hidden = Array("(secret)".utf8)
    private static let tokenHeads = ["access-", "processor-", "public-", "link-"].flatMap { type in
        ["sandbox-", "production-", "development-"].map { Array((type + $0).utf8) }
    }

    /// Takes out these values wherever they occur, and whatever looks like a token of Plaid's.
    package init(secrets: [String]) {
        self.secrets = secrets
    }

    /// The text without secrets and line breaks, cut at 300 characters.
    package func apply(_ text: String) -> String {
        var bytes = Array(text.utf8)
        // The longest first, so that one that holds another goes as a whole.
        for secret in secrets.map({ Array($0.utf8) }).sorted(by: { $0.count > $1.count }) where secret.count >= 4 {
            bytes = bytes.replacingAll(secret, with: Self.hidden)
        }
        // What is one plain word, as ids are, needs no look at the characters' kinds.
        if bytes.count <= Self.longest, bytes.allSatisfy(Self.isPlain) {
            return Self.hasToken(bytes) ? "(secret)" : String(decoding: bytes, as: UTF8.self)
        }
        let line = Self.line(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        if line.count <= Self.longest { return String(line) }
        return String(line.prefix(Self.longest - 1)) + "…"
    }

    /// The words with one blank between them, as many as are needed to see that they are too long.
    private static func line(_ text: String.UnicodeScalarView) -> String.UnicodeScalarView {
        var (line, rest) = ("".unicodeScalars, text[...])
        while line.count <= longest, let start = rest.firstIndex(where: { !isGap($0) }) {
            rest = rest[start...]
            let end = rest.firstIndex(where: isGap) ?? rest.endIndex
            if !line.isEmpty { line.append(" ") }
            line.append(contentsOf: withoutToken(rest[..<end]))
            rest = rest[end...]
        }
        return line
    }

    /// The part of a word that can be seen in the end, or what stands for it where a token begins in that.
    private static func withoutToken(_ word: Substring.UnicodeScalarView) -> String.UnicodeScalarView {
        let seen = String(String.UnicodeScalarView(word.prefix(longest + 32)))
        return hasToken(Array(seen.utf8)) ? "(secret)".unicodeScalars : seen.unicodeScalars
    }

    private static func hasToken(_ bytes: [UInt8]) -> Bool {
        tokenHeads.contains { bytes.firstPlace(of: $0, from: 0) != nil }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isGap(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
    }
}

extension [UInt8] {
    /// Where `part`, which is not empty, first stands at or after `start`.
    fileprivate func firstPlace(of part: [UInt8], from start: Int) -> Int? {
        var at = start
        while at + part.count <= count {
            if self[at] == part[0], self[at..<at + part.count].elementsEqual(part) { return at }
            at += 1
        }
        return nil
    }

    fileprivate func replacingAll(_ part: [UInt8], with other: [UInt8]) -> [UInt8] {
        var (result, at): ([UInt8], Int) = ([], 0)
        while let place = firstPlace(of: part, from: at) {
            result += self[at..<place] + other
            at = place + part.count
        }
        return at == 0 ? self : result + self[at...]
    }
}
