/// This program's own sentences on what to do, with commands between backticks.
enum Advice {
    /// The sentence with its commands set as code.
    static func markup(_ sentence: String) -> Markup {
        let pieces = sentence.split(separator: "`", omittingEmptySubsequences: false)
        return .group(
            pieces.enumerated().map { index, piece in
                index.isMultiple(of: 2) ? .text(String(piece)) : .tag("code", [:], .text(String(piece)))
            }
        )
    }
}
