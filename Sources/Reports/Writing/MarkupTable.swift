/// A table of HTML with a caption and headings, which scrolls by itself where the screen is narrow.
struct MarkupTable: Sendable {
    private let caption: String
    private let header: [(String, TextTable.Alignment)]
    private var rows: [[Markup]] = []

    init(_ caption: String, _ header: (String, TextTable.Alignment)...) {
        self.caption = caption
        self.header = header
    }

    /// Adds a line; its first cell is the line's heading.
    mutating func add(_ cells: [Markup]) {
        rows.append(cells)
    }

    /// The table.
    var markup: Markup {
        // A region that scrolls must be reached with the keyboard, and so needs a name.
        .tag(
            "div",
            ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": caption],
            .tag("table", [:], .tag("caption", [:], .text(caption)), head, body)
        )
    }

    private var head: Markup {
        let cells = header.map { name, alignment in
            Markup.element("th", Self.attributes(alignment, scope: "col"), [.text(name)])
        }
        return .tag("thead", [:], .element("tr", [:], cells))
    }

    private var body: Markup {
        .element("tbody", [:], rows.map { .element("tr", [:], line($0)) })
    }

    private func line(_ cells: [Markup]) -> [Markup] {
        zip(cells, header).enumerated().map { index, cell in
            let (content, (_, alignment)) = cell
            return index == 0
                ? .element("th", Self.attributes(alignment, scope: "row"), [content])
                : .element("td", Self.attributes(alignment), [content])
        }
    }

    private static func attributes(
        _ alignment: TextTable.Alignment,
        scope: String? = nil
    ) -> KeyValuePairs<StaticString, String> {
        switch (alignment, scope) {
        case (.left, nil): [:]
        case (.right, nil): ["class": "number"]
        case (.left, let scope?): ["scope": scope]
        case (.right, let scope?): ["scope": scope, "class": "number"]
        }
    }
}
