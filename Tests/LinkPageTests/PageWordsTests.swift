import Domain
import LinkPage
import Testing

/// What the page says.
struct PageWordsTests {
    @Test func theBrandsNameIsNoMarkup() async throws {
        let name = #"<script>alert("x")</script> & 'Co' {brand} {{brand}}"#
        try await PageTester.run(PageTester.ready(), PageTester.configuration { $0.brand = name }) {
            (tester: PageTester) async throws in
            let page = try await tester.get("/oauth").body
            #expect(!page.contains("<script>"))
            #expect(page.contains("&lt;script&gt;alert(&quot;x&quot;)"))
        }
    }

    @Test func everyTroubleHasWords() async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            let page = try await tester.get("/oauth").body
            let names = LinkTrouble.allCases.flatMap { ["failed_" + $0.rawValue, "closed_" + $0.rawValue] }
            for name in names + LinkMode.allCases.map({ "ready_" + $0.rawValue }) + ["working", "done"] {
                #expect(page.contains("data-view=\"\(name)\""), "\(name)")
            }
        }
    }

    @Test(arguments: LinkPageView.allCases)
    func everyViewSaysWhatIsGoingOn(view: LinkPageView) {
        let words = LinkPageTexts.english.words(view)
        #expect(!words.heading.isEmpty && !words.paragraphs.isEmpty)
        #expect((words.heading == "One moment") == (view == .loading))
        #expect(words.button == nil || !view.rawValue.hasPrefix("closed_"))
        #expect(words.button != nil || !view.rawValue.hasPrefix("failed_"))
    }

    @Test func nothingOnThePageIsInline() async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            let page = try await tester.get("/oauth").body
            #expect(!page.contains("style=") && !page.contains("<style") && page.firstMatch(of: #/ on[a-z]+=/#) == nil)
            #expect(page.ranges(of: "<script").count == 1)
            #expect(page.contains("<noscript><p>This page needs JavaScript."))
        }
    }
}
