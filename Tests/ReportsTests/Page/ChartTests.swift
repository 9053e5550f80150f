import Domain
import Foundation
import Reports
import Testing

/// The pictures as they stand in the page: each is one `svg`.
@Suite("The page's pictures") struct ChartTests {
    @Test func areAsTheyWereWhenLookedAt() throws {
        let pictures = pictures(of: PageSamples.html(PageSamples.figures))
        try #require(pictures.count == 4)
        for (picture, name) in zip(pictures, ["outcome", "throughput-plaid", "throughput-bond", "history"]) {
            try Golden.check(picture, "\(name).svg")
        }
    }

    @Test func aPartThatIsThereCanBeSeenHoweverSmall() throws {
        var figures = LedgerFigures()
        figures.states = [.linked: 10_000_000, .inDoubt: 1]
        let bar = try MarkupChecker.elements(of: try #require(pictures(of: PageSamples.html(figures)).first))
        let widths = bar.filter { $0.name == "rect" }.compactMap { $0.attributes["width"].flatMap(Double.init) }
        #expect(widths.count == 2)
        #expect(widths.allSatisfy { $0 >= 5.9 })
        #expect(widths.reduce(2, +) <= 1_000.1)
        #expect(bar.first?.attributes["aria-label"]?.contains("1 in_doubt (&lt; 0.1 %)") == true)
        #expect(bar.first?.attributes["aria-label"]?.contains("linked (&gt; 99.9 %)") == true)
    }

    @Test func aRateIsOfTheTimeThatWasThere() throws {
        let run = PageSamples.run()
        var figures = LedgerFigures()
        // The last of the slots of a second has only 400 ms, and a rate made of so little would be noise.
        var calls = CallFigures(
            run: run,
            time: TimeSlots(from: run.startedAt, to: run.startedAt + .milliseconds(2_400))
        )
        calls.note(.mint, .ok, slot: 2, latency: nil, count: 7)
        figures.calls = calls
        #expect(PageSamples.html(figures).contains("at most 420 a minute"))
    }

    @Test(arguments: [
        (0, "1"), (7, "8"), (1_001, "1,200"), (9_999, "10k"), (102_500, "120k"), (1_000_000, "1M"), (2_100_000, "2.5M"),
    ])
    func theAxisHasARoundEndWithAShortName(rows: Int, name: String) {
        var figures = PageSamples.figures
        for index in figures.runs.indices { figures.runs[index].states = [.linked: 1, .rejected: rows] }
        let history = pictures(of: PageSamples.html(figures)).last
        #expect(history?.contains(">\(name)</text>") == true)
    }

    @Test func saysWhetherThereWasNoLimitOrIsNone() {
        var figures = PageSamples.figures
        #expect(pictures(of: PageSamples.html(figures))[2].contains("; no limit;"))
        var run = PageSamples.run()
        (run.calls, run.ratesGiven) = ([:], [:])
        var calls = CallFigures(run: run, time: PageSamples.calls.time)
        calls.note(.post, .ok, slot: 0, latency: nil, count: 1)
        figures.calls = calls
        #expect(pictures(of: PageSamples.html(figures))[2].contains("; no limit on record;"))
    }

    @Test func columnsStayInTheirPicture() throws {
        for element in try MarkupChecker.elements(of: PageSamples.html(PageSamples.figures)) {
            guard element.name == "rect" || element.name == "line" else { continue }
            let numbers = ["x", "y", "x1", "x2", "y1", "y2"].compactMap { element.attributes[$0].flatMap(Double.init) }
            #expect(numbers.allSatisfy { (0...1_000).contains($0) }, "\(element.attributes)")
        }
    }

    private func pictures(of page: String) -> [String] {
        page.components(separatedBy: "<svg").dropFirst().compactMap { piece in
            piece.components(separatedBy: "</svg>").first.map { "<svg\($0)</svg>\n" }
        }
    }
}
