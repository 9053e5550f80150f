import Domain

/// Why rows are not linked, the most frequent reason first.
struct FailureSection: Sendable {
    let figures: LedgerFigures

    var markup: Markup {
        PageParts.section("failures", "Failures", figures.errors.isEmpty ? [none] : [table] + hidden)
    }

    private var none: Markup { PageParts.paragraph("No row rests on an error.") }

    private var table: Markup {
        var table = MarkupTable(
            "Rows that are not linked, by error",
            ("Code", .left),
            ("Source", .left),
            ("Rows", .right),
            ("What to do", .left)
        )
        for error in figures.errors {
            table.add([
                PageParts.foreign(error.failure.code), .text(error.failure.source.rawValue),
                PageParts.number(error.count), Advice.markup(error.advice),
            ])
        }
        return table.markup
    }

    private var hidden: [Markup] {
        guard figures.errorKinds > figures.errors.count else { return [] }
        return [
            PageParts.paragraph(
                "The \(figures.errors.count) most frequent of \(figures.errorKinds.grouped) different errors."
            )
        ]
    }
}
