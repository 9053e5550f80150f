import Domain

/// The first rows of each state that needs somebody, and where all of them are.
struct ListSection: Sendable {
    let figures: LedgerFigures
    let subject: ReportSubject

    var markup: Markup {
        let states = RowState.reading.filter { $0.needsSomebody && figures.states[$0, default: 0] > 0 }
        return PageParts.section(
            "lists",
            "Rows that need somebody",
            states.isEmpty ? [PageParts.paragraph("No row needs anybody.")] : [split] + states.flatMap(list)
        )
    }

    private var split: Markup {
        .tag("p", [:], "One file for each action: ", .tag("code", [:], "\(subject.fullListCommand) --split outcome"))
    }

    private func list(_ state: RowState) -> [Markup] {
        let total = figures.states[state, default: 0]
        let shown = figures.lists[state] ?? []
        let count =
            total > shown.count
            ? "The first \(shown.count) of \(total.counted("row"))." : "All \(total.counted("row"))."
        return [
            .tag("h3", [:], PageParts.state(state)),
            .tag("p", [:], Advice.markup(state.advice)),
            table(state, shown, count),
            .tag(
                "p",
                [:],
                "The full list as CSV: ",
                .tag("code", [:], .text("\(subject.fullListCommand) --state \(state.rawValue)"))
            ),
        ]
    }

    private func table(_ state: RowState, _ rows: [ReportRow], _ caption: String) -> Markup {
        var table = MarkupTable(
            "Rows in state \(state.rawValue). \(caption)",
            ("Account", .left),
            ("Owner", .left),
            ("Reference", .left),
            ("Action", .left),
            ("Error", .left),
            ("Updated", .left),
            ("Input", .left)
        )
        for row in rows {
            table.add([
                PageParts.foreign(row.accountID ?? "-"), PageParts.foreign(row.owner?.id),
                PageParts.foreign(row.reference), .text(row.action.rawValue), PageParts.foreign(row.failure?.inWords),
                PageParts.moment(row.updatedAt), PageParts.foreign(place(of: row)),
            ])
        }
        return table.markup
    }

    private func place(of row: ReportRow) -> String? {
        row.inputFile.map { file in file + (row.inputLine.map { ":\($0)" } ?? "") }
    }
}
