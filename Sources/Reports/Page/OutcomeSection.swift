import Domain

/// Where the rows stand, and what that asks for.
struct OutcomeSection: Sendable {
    let figures: LedgerFigures

    var markup: Markup {
        let bar = OutcomeBar(states: figures.states)
        return PageParts.section(
            "outcome",
            "Outcome",
            [PageParts.figure(bar.markup, sentence), table] + orphans
        )
    }

    private var total: Int { figures.states.values.reduce(0, +) }

    private var sentence: String {
        guard total > 0 else { return "The ledger has no rows." }
        let linked = figures.states[.linked, default: 0]
        let waiting = figures.states.filter { $0.key.needsSomebody }.values.reduce(0, +)
        return "\(linked.grouped) of \(total.counted("row")) linked (\(linked.share(of: total))); "
            + (waiting == 0 ? "none needs anybody." : "\(waiting.grouped) \(waiting == 1 ? "needs" : "need") somebody.")
    }

    private var table: Markup {
        guard total > 0 else { return .group([]) }
        var table = MarkupTable(
            "Rows by state",
            ("State", .left),
            ("Rows", .right),
            ("Share", .right),
            ("What to do", .left)
        )
        for state in RowState.reading {
            guard let rows = figures.states[state], rows > 0 else { continue }
            table.add([
                PageParts.state(state), PageParts.number(rows), .text(rows.share(of: total)),
                Advice.markup(state.advice),
            ])
        }
        return table.markup
    }

    private var orphans: [Markup] {
        guard figures.orphanTokens > 0 else { return [] }
        return [PageParts.paragraph("\(figures.orphanTokens.counted("processor token")) made and not used.")]
    }
}
