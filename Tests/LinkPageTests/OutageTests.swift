import BrowserSupport
import Domain
import LinkPage
import Simulator
import Testing

/// A server that goes away while a customer is at the bank, and comes back with another key.
@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: Chromium.path != nil, Comment(rawValue: Chromium.absence)))
struct OutageTests {
    @Test(arguments: [false, true])
    func aSuccessOutlastsAnOutage(isLoadedAnew: Bool) async throws {
        try await withSimulator { simulator in
            let plan = LinkVisit.Plan()
            let mint = Mint(simulator: simulator.url)
            let desk = FakeDesk([LinkVisit.address: .ready(.firstTime)]) { _ in await mint.open() }
            try await Chromium.withPage { page in
                let port = try await Self.untilConnected(page, plan, simulator.url, desk)
                if isLoadedAnew { try await page.open("about:blank") }
                let edit: @Sendable (inout LinkPageConfiguration) -> Void = {
                    ($0.port, $0.key) = (port, Secret("another key, another key, another key"))
                }
                try await LinkVisit.serve(LinkVisit.Plan(edit: edit).configuration(simulator.url), desk) { base in
                    if isLoadedAnew { try await page.open(base + plan.path) }
                    try await page.wait(for: "document.body.dataset.shown === 'working'")
                }
                #expect(desk.told.count == 2)
            }
        }
    }

    /// Brings a customer to the end of Link, by when the server has gone.
    private static func untilConnected(
        _ page: BrowserPage,
        _ plan: LinkVisit.Plan,
        _ simulator: String,
        _ desk: FakeDesk
    ) async throws -> Int {
        var port = 0
        try await LinkVisit.serve(plan.configuration(simulator), desk) { base in
            port = Int(base.split(separator: ":").last ?? "") ?? 0
            try await page.open(base + plan.path)
            try await page.click("section:not([hidden]) button")
            for button in ["#continue", "#choose-bank"] { try await page.click(button, in: LinkVisit.frame) }
        }
        try await page.click("#connect", in: LinkVisit.frame)
        try await page.wait(for: "document.body.dataset.shown === 'away'")
        #expect(desk.told.count == 1)
        return port
    }
}
