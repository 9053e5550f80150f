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

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
