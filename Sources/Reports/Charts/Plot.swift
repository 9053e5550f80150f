/// The room of a chart's drawing, and what charts draw alike; sizes are in the picture's own units.
enum Plot {
    static let width = 360.0
    static let height = 170.0
    static let left = 40.0
    static let right = 352.0
    static let top = 16.0
    static let bottom = 132.0

    static var innerWidth: Double { right - left }
    static var innerHeight: Double { bottom - top }

    /// A picture with its text for those who do not see it.
    static func picture(_ label: String, _ parts: [Markup]) -> Markup {
        .element(
            "svg",
            [
                "class": "chart", "viewBox": "0 0 \(Int(width)) \(Int(height))", "role": "img", "aria-label": label,
            ],
            parts
        )
    }

    /// The ground line, and the upper end of the axis with its number.
    static func frame(_ axis: Axis) -> [Markup] {
        [
            line("grid", y: top), line("ground", y: bottom),
            label(axis.label, x: left - 4, y: top + 4, anchor: "end"),
            label("0", x: left - 4, y: bottom + 4, anchor: "end"),
        ]
    }

    /// A line across the plot.
    static func line(_ kind: String, y: Double) -> Markup {
        .tag(
            "line",
            [
                "class": kind, "x1": left.oneDecimal, "y1": y.oneDecimal, "x2": right.oneDecimal, "y2": y.oneDecimal,
            ]
        )
    }

    /// A column that stands `raised` above the ground.
    static func column(_ kind: String, x: Double, width: Double, height: Double, raised: Double = 0) -> Markup {
        .tag(
            "rect",
            [
                "class": kind, "x": x.oneDecimal, "y": (bottom - raised - height).oneDecimal,
                "width": width.oneDecimal, "height": height.oneDecimal,
            ]
        )
    }

    /// Words within the picture.
    static func label(_ text: String, x: Double, y: Double, anchor: String) -> Markup {
        .tag("text", ["x": x.oneDecimal, "y": y.oneDecimal, "text-anchor": anchor], .text(text))
    }

    /// Words under the ground line: where the plot begins and ends.
    static func ends(_ first: String, _ last: String) -> [Markup] {
        [
            label(first, x: left, y: bottom + 28, anchor: "start"),
            label(last, x: right, y: bottom + 28, anchor: "end"),
        ]
    }
}
