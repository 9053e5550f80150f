import Domain

/// A run's calls: how fast against the limit, what was refused, how long they took.
struct CallSection: Sendable {
    let figures: LedgerFigures

    var markup: Markup {
        guard let calls = figures.calls else {
            return PageParts.section("calls", "Calls", [PageParts.paragraph("No run on record has called an API.")])
        }
        guard !calls.results.isEmpty else {
            return PageParts.section("calls", "Calls", [intro(calls.run), PageParts.paragraph("It called no API.")])
        }
        return PageParts.section(
            "calls",
            "Calls",
            [intro(calls.run), charts(calls), slots(calls), results(calls), latencies(calls)]
        )
    }

    private func intro(_ run: RunOnRecord) -> Markup {
        .tag(
            "p",
            [:],
            "Of run ",
            PageParts.foreign(run.id),
            .text(
                ", begun \(run.startedAt.forPeople)"
                    + (run.finishedAt.map { ", over after \($0.since(run.startedAt).inWords)." } ?? ", not ended.")
            )
        )
    }

    private func charts(_ calls: CallFigures) -> Markup {
        let figures = API.allCases.map { api in
            let chart = ThroughputChart(
                api: api,
                time: calls.time,
                slots: calls.slots[api] ?? [],
                limit: calls.run.ratesGiven[api].map { $0 * 60 },
                isOnRecord: !calls.run.calls.isEmpty
            )
            return Markup.tag(
                "div",
                [:],
                .tag("h3", [:], .text(api.name)),
                PageParts.figure(chart.markup, chart.summary)
            )
        }
        return .group([
            PageParts.paragraph(
                "Calls a minute over the run's time; the dashed line is the rate given. A mark under the ground line: "
                    + "calls were refused for their rate."
            ),
            .element("div", ["class": "pair"], figures),
        ])
    }

    private func slots(_ calls: CallFigures) -> Markup {
        let width = calls.time.width.inWholeUnits
        var table = MarkupTable(
            "Calls in each \(width)",
            ("From", .left),
            ("Plaid", .right),
            ("Plaid, refused for rate", .right),
            ("Bond", .right),
            ("Bond, refused for rate", .right)
        )
        for index in 0..<calls.time.count {
            let slots = [API.plaid, .bond].map { calls.slots[$0]?[index] ?? CallFigures.Slot() }
            table.add(
                [PageParts.moment(calls.time.start(of: index))]
                    + slots.flatMap { [PageParts.number($0.sent), PageParts.number($0.rateLimited)] }
            )
        }
        return .tag("details", [:], .tag("summary", [:], .text("The figures in each \(width)")), table.markup)
    }

    private func results(_ calls: CallFigures) -> Markup {
        let kinds = Attempt.Result.allCases
        var table = MarkupTable(
            "Calls by result: what was refused, and why",
            ("Call", .left),
            ("Result", .left),
            ("Calls", .right),
            ("Share", .right)
        )
        for call in Attempt.Call.allCases {
            guard let results = calls.results[call] else { continue }
            let total = results.values.reduce(0, +)
            for kind in kinds {
                guard let count = results[kind] else { continue }
                table.add([
                    .text(call.inWords), .text(kind.inWords), PageParts.number(count), .text(count.share(of: total)),
                ])
            }
        }
        return table.markup
    }

    private func latencies(_ calls: CallFigures) -> Markup {
        var table = MarkupTable(
            "How long answers took: 50, 95 and 99 of 100 calls took at most this long",
            ("Call", .left),
            ("Calls", .right),
            ("p50", .right),
            ("p95", .right),
            ("p99", .right),
            ("Longest", .right)
        )
        for call in Attempt.Call.allCases {
            guard let tally = calls.latencies[call] else { continue }
            table.add(
                [.text(call.inWords), PageParts.number(tally.count)]
                    + [0.5, 0.95, 0.99, 1].map { .text(tally.percentile($0)?.inMilliseconds ?? "-") }
            )
        }
        return table.markup
    }
}
