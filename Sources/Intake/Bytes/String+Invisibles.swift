extension String {
    /// The text without control and format characters, but with tabs, which may be delimiters.
    ///
    /// A token with such a character in it is none byte for byte, and shown it is one.
    var withoutInvisibles: String {
        let scalars = unicodeScalars.filter { $0 == "\t" || !$0.properties.isInvisible }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Whether the text begins as a Plaid token does, or has a whole one anywhere in it.
    var holdsToken: Bool {
        let bytes = utf8.span
        return bytes.holdsToken(0..<bytes.count)
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isInvisible: Bool { generalCategory == .control || generalCategory == .format }
}
