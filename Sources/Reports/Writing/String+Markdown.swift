extension String {
    /// The text as Markdown that shows it as it is and on one line, in a table's cell too.
    var markdown: String {
        let scalars = Array(printable.unicodeScalars)
        var result = UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            if Self.isMarkup(scalar, at: index, in: scalars) { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    private static func isMarkup(_ scalar: Unicode.Scalar, at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        switch scalar {
        case "\\", "|", "`", "*", "<", "[", "~", "&": true
        // Inside a word an underscore means itself: codes stay readable where nobody renders them.
        case "_": !isWordPart(at: index - 1, in: scalars) || !isWordPart(at: index + 1, in: scalars)
        default: false
        }
    }

    private static func isWordPart(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        guard scalars.indices.contains(index) else { return false }
        return scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil
    }
}
