import Domain

/// The rows by state as one bar of parts; a part that is there can be seen, however small its share.
struct OutcomeBar: Sendable {
    private static let width = 1_000.0
    private static let height = 40
    /// The least width of a part.
    private static let least = 6.0
    private static let gap = 2.0

    let states: [RowState: Int]

    /// The picture; its text is in the table beside it.
    var markup: Markup {
        .element(
            "svg",
            [
                "class": "bar", "viewBox": "0 0 \(Int(Self.width)) \(Self.height)", "preserveAspectRatio": "none",
                "role": "img", "aria-label": summary,
            ],
            parts
        )
    }

    /// The picture in words.
    var summary: String {
        let total = states.values.reduce(0, +)
        guard total > 0 else { return "No rows." }
        let parts = present.map { "\($0.count.grouped) \($0.state.rawValue) (\($0.count.share(of: total)))" }
        return "Rows by state: " + parts.joined(separator: ", ") + "."
    }

    private var present: [(state: RowState, count: Int)] {
        RowState.reading.compactMap { state in
            states[state].flatMap { $0 > 0 ? (state, $0) : nil }
        }
    }

    private var parts: [Markup] {
        let counts = present.map(\.count)
        let widths = Self.widths(of: counts)
        var x = 0.0
        return zip(present, widths).map { part, width in
            defer { x += width + Self.gap }
            return .tag(
                "rect",
                [
                    "class": "fill s-\(part.state.rawValue)", "x": x.oneDecimal, "y": "0", "width": width.oneDecimal,
                    "height": "\(Self.height)",
                ],
                .tag("title", [:], "\(part.state.rawValue): \(part.count.grouped)")
            )
        }
    }

    /// Every part gets the least width, and its share of what is left.
    private static func widths(of counts: [Int]) -> [Double] {
        let total = Double(counts.reduce(0, +))
        let free = width - Double(counts.count) * least - Double(max(0, counts.count - 1)) * gap
        return counts.map { least + free * Double($0) / total }
    }
}
