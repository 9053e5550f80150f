/// Arrays as a server reads them.
enum PostgreSQLArray {
    /// An array of whole numbers.
    static func text(_ numbers: [Int64]) -> String {
        "{" + numbers.map { "\($0)" }.joined(separator: ",") + "}"
    }

    /// An array of texts.
    static func text(_ texts: [String]) -> String {
        "{" + texts.map(quoted).joined(separator: ",") + "}"
    }

    /// An array of texts, of which some are null.
    static func text(_ texts: [String?]) -> String {
        "{" + texts.map { $0.map(quoted) ?? "NULL" }.joined(separator: ",") + "}"
    }

    /// An array of bytes.
    static func text(_ blobs: [[UInt8]]) -> String {
        text(blobs.map { "\\x" + $0.map(\.hexDigits).joined() })
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        // As any other text, it ends at its first zero byte.
        for character in text.unicodeScalars.prefix(while: { $0 != "\0" }) {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
