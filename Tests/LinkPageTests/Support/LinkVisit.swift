import BrowserSupport
import Domain
import LinkPage
import Simulator
import Testing

/// A customer's visit: a browser, the page's server, and the simulator with its stand-in for Link behind it.
final class LinkVisit: Sendable {
    /// The part of the address of Link's frame.
    static let frame = "link.html"
    static let address = PageTester.address

    let page: BrowserPage
    let desk: FakeDesk
    let world: World
    let base: String

    private init(page: BrowserPage, desk: FakeDesk, world: World, base: String) {
        (self.page, self.desk, self.world, self.base) = (page, desk, world, base)
    }

    /// How a visit is set up.
    struct Plan: Sendable {
        var standing: LinkStanding? = .ready(.firstTime)
        var afterSuccess = LinkStanding.working
        /// Answers in place of a link token, the first for the first opening.
        var refusals: [LinkOpening] = []
        var path = "/i/" + LinkVisit.address
        var edit: @Sendable (inout LinkPageConfiguration) -> Void = { _ in }
    }

    /// Opens the page; nothing of it may have been against its policy in the end.
    static func run(
        _ plan: Plan = Plan(),
        _ body: @escaping @Sendable (LinkVisit) async throws -> Void
    ) async throws {
        try await withSimulator { simulator in
            let mint = Mint(simulator: simulator.url, mode: plan.mode, refusals: plan.refusals)
            let desk = FakeDesk(
                plan.standing.map { [address: $0] } ?? [:],
                afterSuccess: plan.afterSuccess,
                onOpen: { _ in await mint.open() }
            )
            try await serve(plan.configuration(simulator.url), desk) { base in
                mint.setBase(base)
                try await Chromium.withPage { page in
                    let visit = LinkVisit(page: page, desk: desk, world: simulator.world, base: base)
                    try await page.open(base + plan.path)
                    try await body(visit)
                    try await visit.expectNoBreach()
                }
            }
        }
    }

    /// Serves pages while `body` runs.
    static func serve(
        _ configuration: LinkPageConfiguration,
        _ desk: FakeDesk,
        _ body: (String) async throws -> Void
    ) async throws {
        let server = try LinkServer(configuration: configuration, desk: desk, logger: LogCapture().logger)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { port.finish() }
                try await server.run { port.yield($0) }
            }
            defer { group.cancelAll() }
            try await body("http://127.0.0.1:\(try #require(await ports.first { _ in true }))")
        }
    }

    /// Waits until the page shows a view.
    func see(_ view: LinkPageView) async throws {
        try await page.wait(for: "document.body && document.body.dataset.shown === '\(view.rawValue)'")
    }

    /// Clicks the button of the view that is shown.
    func click() async throws {
        try await page.click("section:not([hidden]) button")
    }

    /// Clicks buttons inside Link, one after another.
    func click(inLink buttons: String...) async throws {
        for button in buttons { try await page.click("#" + button, in: LinkVisit.frame) }
    }

    /// What the page says now.
    func text() async throws -> String {
        try await page.value(of: "document.querySelector('main').innerText")
    }

    private func expectNoBreach() async throws {
        let remarks = await page.remarks.filter { !$0.contains("Failed to load resource") }
        #expect(remarks == [])
    }
}

extension LinkVisit.Plan {
    fileprivate var mode: LinkMode { if case .ready(let mode) = standing { mode } else { .firstTime } }

    /// Pages that load Link from the simulator.
    func configuration(_ simulator: String) -> LinkPageConfiguration {
        PageTester.configuration { configuration in
            configuration.baseURL = nil
            configuration.sources = LinkPageConfiguration.Sources(
                script: simulator + "/link/v2/stable/link-initialize.js",
                frames: [simulator],
                calls: [simulator]
            )
            edit(&configuration)
        }
    }
}
