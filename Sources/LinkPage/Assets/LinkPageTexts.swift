/// Everything that the page says, in one language; `{brand}` stands for the brand's name.
package struct LinkPageTexts: Sendable {
    /// What one view says.
    package struct Words: Sendable {
        package let heading: String
        package let paragraphs: [String]
        /// What the button says that opens Link; nothing where there is none.
        package let button: String?

        package init(_ heading: String, _ paragraphs: String..., button: String? = nil) {
            self.heading = heading
            self.paragraphs = paragraphs
            self.button = button
        }
    }

    /// The language's tag, as in `en`.
    package let language: String
    package let title: String
    /// For browsers without scripts.
    package let noScript: String
    /// At the foot of every page.
    package let footer: String
    package let words: @Sendable (LinkPageView) -> Words

    package init(
        language: String,
        title: String,
        noScript: String,
        footer: String,
        words: @escaping @Sendable (LinkPageView) -> Words
    ) {
        self.language = language
        self.title = title
        self.noScript = noScript
        self.footer = footer
        self.words = words
    }
}
