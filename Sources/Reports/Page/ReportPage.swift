package import Domain

/// A ledger as one page of HTML that needs nothing else: for a browser, a phone, and print.
///
/// The same figures give the same bytes. Its size is bounded whatever the ledger's: only figures and the first rows of
/// each list are in it.
package struct ReportPage: Sendable {
    /// The version of the page's format.
    static let version = 1

    private let subject: ReportSubject
    private let figures: LedgerFigures
    private let isRunning: Bool

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - figures: What the ledger holds.
    ///   - subject: What it is about.
    ///   - isRunning: Whether a run goes on now.
    package init(_ figures: LedgerFigures, about subject: ReportSubject, isRunning: Bool = false) {
        self.figures = figures
        self.subject = subject
        self.isRunning = isRunning
    }

    /// The page.
    package var html: [UInt8] {
        var buffer = Array("<!DOCTYPE html>\n".utf8)
        Markup.tag("html", ["lang": "en"], head, body).append(to: &buffer)
        return buffer
    }

    private var head: Markup {
        .tag(
            "head",
            [:],
            .tag("meta", ["charset": "utf-8"]),
            .tag("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
            .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            .tag("meta", ["name": "color-scheme", "content": "light dark"]),
            .tag("meta", ["name": "referrer", "content": "no-referrer"]),
            .tag("meta", ["name": "relink-report-version", "content": "\(Self.version)"]),
            // Without it a browser asks the page's server for an icon.
            .tag("link", ["rel": "icon", "href": "data:,"]),
            .tag("title", [:], .text(title)),
            .tag("style", [:], .literal(PageStyle.sheet))
        )
    }

    /// Nothing is loaded and nothing is run, whatever has found its way into the page.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

    private var title: String {
        let facts = [subject.environment?.rawValue, subject.madeAt?.day].compactMap(\.self)
        return facts.isEmpty ? "relink report" : "relink report: " + facts.joined(separator: ", ")
    }

    private var body: Markup {
        .tag(
            "body",
            [:],
            .tag("header", [:], .tag("h1", [:], "relink report"), facts, contents),
            .tag(
                "main",
                [:],
                OutcomeSection(figures: figures).markup,
                FailureSection(figures: figures).markup,
                CallSection(figures: figures).markup,
                HistorySection(figures: figures, isRunning: isRunning).markup,
                ListSection(figures: figures, subject: subject).markup
            ),
            .tag(
                "footer",
                [:],
                .tag("p", [:], "Times are UTC. Made by relink, page format \(Self.version). It loads nothing.")
            )
        )
    }

    private var facts: Markup {
        let rows = figures.states.values.reduce(0, +)
        let words = [
            rows.counted("row"), subject.environment?.rawValue, subject.madeAt?.forPeople,
            isRunning ? "a run is going on" : nil,
        ]
        var pieces: [Markup] = [.text(words.compactMap(\.self).joined(separator: ", ") + ".")]
        if let ledger = subject.ledger {
            pieces += [" Ledger ", .tag("code", [:], .text(ledger.shortened(to: 1_000))), "."]
        }
        return .element("p", [:], pieces)
    }

    private var contents: Markup {
        let places: [(StaticString, String)] = [
            ("#outcome", "Outcome"), ("#failures", "Failures"), ("#calls", "Calls"), ("#history", "History"),
            ("#lists", "Lists"),
        ]
        let items = places.map { place, name in
            Markup.tag("li", [:], .tag("a", ["href": place.description], .text(name)))
        }
        return .tag("nav", ["aria-label": "Contents"], .element("ul", [:], items))
    }
}
