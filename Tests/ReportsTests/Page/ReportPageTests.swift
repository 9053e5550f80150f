import Domain
import Foundation
import Reports
import Testing

@Suite("The page") struct ReportPageTests {
    @Test func isAsItWasWhenLookedAt() throws {
        try Golden.check(PageSamples.html(PageSamples.figures, about: PageSamples.subject), "page.html")
    }

    @Test func saysWhatAnEmptyLedgerHas() throws {
        let page = PageSamples.html(LedgerFigures())
        _ = try MarkupChecker.elements(of: page)
        for sentence in [
            "The ledger has no rows.", "No row rests on an error.", "No run on record has called an API.",
            "No run is on record.", "No row needs anybody.",
        ] {
            #expect(page.contains(sentence), "\(sentence)")
        }
    }

    @Test func saysWhenTheHistoryBegins() {
        var figures = PageSamples.figures
        figures.keepsHistory = false
        figures.runs = figures.runs.map { run in
            var run = run
            (run.states, run.calls, run.ratesGiven) = ([:], [:], [:])
            return run
        }
        figures.calls = CallFigures(run: figures.runs[0], time: PageSamples.calls.time)
        let page = PageSamples.html(figures)
        #expect(page.contains("what runs came to is kept from the next run on"))
        #expect(page.contains(">run-4<"))
        #expect(!page.contains("Rows not linked after"))
        figures.calls?.note(.mint, .ok, slot: 0, latency: nil, count: 1)
        #expect(PageSamples.html(figures).contains("no limit on record"))
    }

    @Test func drawsNothingOfARunWithoutCalls() throws {
        var figures = PageSamples.figures
        figures.calls = CallFigures(run: PageSamples.run(), time: PageSamples.calls.time)
        let page = PageSamples.html(figures)
        #expect(page.contains("It called no API."))
        #expect(try MarkupChecker.elements(of: page).count { $0.name == "svg" } == 2)
    }

    @Test func tellsARunThatGoesOnFromOneThatWasCutOff() {
        var figures = PageSamples.figures
        let open = { (number: Int64) in
            RunOnRecord(
                number: number,
                id: "open-\(number)",
                startedAt: Samples.start,
                finishedAt: nil,
                outcome: nil,
                attempted: nil
            )
        }
        figures.runs = [open(9), open(8)]
        let page = PageSamples.html(figures, isRunning: true)
        #expect(page.components(separatedBy: "going on").count == 3, "in the facts and in one line")
        #expect(page.components(separatedBy: ">cut off<").count == 2)
        #expect(PageSamples.html(figures).components(separatedBy: ">cut off<").count == 3)
    }

    @Test func loadsNothingAndRunsNothing() throws {
        let page = PageSamples.html(PageSamples.figures, about: PageSamples.subject)
        for element in try MarkupChecker.elements(of: page) {
            #expect(!["script", "img", "iframe", "object", "embed", "base", "form"].contains(element.name))
            for (name, value) in element.attributes {
                #expect(!name.hasPrefix("on") && name != "src" && name != "style", "\(element.name) \(name)")
                if name == "href" { #expect(value.hasPrefix("#") || value == "data:,") }
            }
        }
        for part in ["http://", "https://", "url(", "@import", "@font-face", "expression("] {
            #expect(!page.contains(part), "\(part)")
        }
        #expect(page.contains("default-src &#39;none&#39;"))
    }

    @Test func everyPartHasItsTextAndItsPlace() throws {
        let page = PageSamples.html(PageSamples.figures, about: PageSamples.subject)
        let elements = try MarkupChecker.elements(of: page)
        func named(_ name: String) -> [MarkupChecker.Element] { elements.filter { $0.name == name } }
        #expect(named("html").first?.attributes["lang"] == "en")
        #expect(named("h1").count == 1)
        #expect(named("svg").count == 4)
        #expect(named("svg").allSatisfy { $0.attributes["role"] == "img" && $0.attributes["aria-label"] != nil })
        #expect(named("table").count == named("caption").count)
        #expect(named("caption").allSatisfy { !$0.text.isEmpty })
        #expect(named("th").allSatisfy { $0.attributes["scope"] != nil })
        #expect(named("figure").count == named("figcaption").count)
        let ids = Set(elements.compactMap { $0.attributes["id"] })
        #expect(elements.compactMap { $0.attributes["aria-labelledby"] }.allSatisfy(ids.contains))
        #expect(named("a").compactMap { $0.attributes["href"]?.dropFirst() }.allSatisfy { ids.contains(String($0)) })
        let levels = elements.map(\.name).filter { ["h1", "h2", "h3"].contains($0) }
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 != "h1" || $1 == "h2" })
    }

    @Test func saysWhereEachListIsInFull() {
        let page = PageSamples.html(PageSamples.figures, about: PageSamples.subject)
        #expect(page.contains("The first 1 of 2,107 rows."))
        #expect(page.contains("relink report --ledger /data/relink.sqlite --format csv --state needs_user"))
        #expect(page.contains("relink report --ledger /data/relink.sqlite --format csv --split outcome<"))
        #expect(page.contains("The first 0 of 310 rows."))
        #expect(page.contains("The 2 most frequent of 3 different errors."))
    }
}
