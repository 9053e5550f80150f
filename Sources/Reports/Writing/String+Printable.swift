extension String {
    /// The text on one line, without the characters a terminal obeys: line breaks and tabs become blanks, other
    /// control characters `U+FFFD`.
    var printable: String {
        guard unicodeScalars.contains(where: Self.isObeyed) else { return self }
        var result = UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            if !(previous == "\r" && scalar == "\n") { result.append(Self.harmless(scalar)) }
            previous = scalar
        }
        return String(result)
    }

    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard isObeyed(scalar) else { return scalar }
        switch scalar {
        case "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": return " "
        default: return "\u{FFFD}"
        }
    }
}
