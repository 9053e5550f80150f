import Domain

/// What the last runs came to.
struct HistorySection: Sendable {
    let figures: LedgerFigures
    let isRunning: Bool

    var markup: Markup {
        PageParts.section("history", "History", content)
    }

    private var content: [Markup] {
        guard !figures.runs.isEmpty else { return [PageParts.paragraph("No run is on record.")] }
        guard figures.keepsHistory else {
            return [
                PageParts.paragraph(
                    "This ledger was written by an earlier version: what runs came to is kept from the next run on."
                ), table,
            ]
        }
        return [chart, table]
    }

    private var chart: Markup {
        let chart = HistoryChart(runs: figures.runs.reversed())
        let legend = chart.states.map { Markup.tag("li", [:], PageParts.state($0)) }
        return .group([
            PageParts.figure(chart.markup, chart.summary),
            legend.isEmpty ? .group([]) : .element("ul", ["class": "legend"], legend),
        ])
    }

    private var table: Markup {
        var table = MarkupTable(
            "The last \(figures.runs.count.counted("run")), the newest first",
            ("Run", .left),
            ("Began", .left),
            ("Took", .right),
            ("Outcome", .left),
            ("Attempted", .right),
            ("Linked", .right),
            ("Not linked", .right),
            ("Plaid calls", .right),
            ("Bond calls", .right),
            ("Refused for rate", .right)
        )
        for (index, run) in figures.runs.enumerated() { table.add(line(run, isNewest: index == 0)) }
        return table.markup
    }

    private func line(_ run: RunOnRecord, isNewest: Bool) -> [Markup] {
        let going = isNewest && isRunning ? "going on" : "cut off"
        let isKnown = !run.states.isEmpty
        let refused = run.calls.isEmpty ? nil : run.calls.values.map(\.rateLimited).reduce(0, +)
        return [
            PageParts.foreign(run.id), PageParts.moment(run.startedAt),
            .text(run.finishedAt.map { $0.since(run.startedAt).inWords } ?? "-"),
            .text(run.outcome?.rawValue ?? (run.finishedAt == nil ? going : "-")), PageParts.number(run.attempted),
            PageParts.number(isKnown ? run.states[.linked, default: 0] : nil), PageParts.number(run.openRows),
            PageParts.number(run.calls[.plaid]?.sent), PageParts.number(run.calls[.bond]?.sent),
            PageParts.number(refused),
        ]
    }
}
