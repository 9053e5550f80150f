/// Texts as content or attribute of HTML and SVG.
enum MarkupText {
    /// Writes the text on one line, with what would be markup escaped, and without the characters that a terminal obeys
    /// or that turn the direction of the text around them.
    static func append(_ text: String, to buffer: inout [UInt8]) {
        for scalar in text.printable.unicodeScalars {
            switch scalar {
            case "&": buffer.append(contentsOf: "&amp;".utf8)
            case "<": buffer.append(contentsOf: "&lt;".utf8)
            case ">": buffer.append(contentsOf: "&gt;".utf8)
            case "\"": buffer.append(contentsOf: "&quot;".utf8)
            case "'": buffer.append(contentsOf: "&#39;".utf8)
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": buffer.append(contentsOf: "\u{FFFD}".utf8)
            default: buffer.append(contentsOf: scalar.utf8)
            }
        }
    }
}

extension String {
    /// The text where it is short, else its beginning and an ellipsis: what is kept by the thousand stays small.
    func shortened(to limit: Int = 160) -> String {
        guard unicodeScalars.count > limit else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.prefix(limit - 1))) + "…"
    }
}
