import Domain

/// Parts that several sections of the page are made of.
enum PageParts {
    /// A section under its heading, which names it for those who do not see it.
    static func section(_ id: StaticString, _ heading: String, _ content: [Markup]) -> Markup {
        .element(
            "section",
            ["aria-labelledby": id.description],
            [.tag("h2", ["id": id.description], .text(heading))] + content
        )
    }

    /// A picture with its words under it.
    static func figure(_ picture: Markup, _ words: String) -> Markup {
        .tag("figure", [:], picture, .tag("figcaption", [:], .text(words)))
    }

    /// A state's name with its colour beside it.
    static func state(_ state: RowState) -> Markup {
        .group([
            .tag("span", ["class": "swatch s-\(state.rawValue)", "aria-hidden": "true"]), .text(" " + state.rawValue),
        ])
    }

    /// A text that came from outside, kept apart from the direction of the text around it.
    static func foreign(_ text: String?) -> Markup {
        guard let text, !text.isEmpty else { return "" }
        return .tag("bdi", [:], .text(text.shortened()))
    }

    /// A moment that stays on one line.
    static func moment(_ moment: Timestamp?) -> Markup {
        guard let moment else { return "" }
        return .tag("time", ["datetime": moment.description], .text(moment.forPeople))
    }

    /// A number of a table.
    static func number(_ number: Int?) -> Markup { .text(number?.grouped ?? "-") }

    /// A paragraph.
    static func paragraph(_ text: String) -> Markup { .tag("p", [:], .text(text)) }
}
