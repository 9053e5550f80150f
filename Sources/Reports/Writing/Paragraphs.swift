/// Texts of several paragraphs, each of them some lines.
enum Paragraphs {
    /// The paragraphs with an empty line between them, those without lines left out.
    static func joined(_ paragraphs: [[String]]) -> String {
        paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }
}
