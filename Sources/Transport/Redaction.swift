/// Makes a remote text fit to be kept and shown: no secret that was sent, nothing that looks like a token, one line.
package struct Redaction: Sendable {
    private let secrets: [String]
    private static let longest = 300

    /// Takes out these values wherever they occur, and whatever looks like a token of Plaid's.
    package init(secrets: [String]) {
        self.secrets = secrets.filter { $0.utf8.count >= 4 }
    }

    /// The text without secrets and line breaks, cut at 300 characters.
    package func apply(_ text: String) -> String {
        var clean = text
        for secret in secrets {
            clean = clean.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "(secret)")
        }
        let words = clean.split(whereSeparator: { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 32 } })
        let line = words.map(Self.withoutToken).joined(separator: " ")
        return line.count <= Self.longest ? line : String(line.prefix(Self.longest - 1)) + "…"
    }

    private static func withoutToken(_ word: Substring) -> Substring {
        let tokens = ["access-", "processor-", "public-", "link-"].flatMap { type in
            ["sandbox-", "production-", "development-"].map { type + $0 }
        }
        return tokens.contains { word.contains($0) } ? "(secret)" : word
    }
}
