import BrowserSupport
import Domain
import LinkPage
import Simulator
import Testing

/// The page in a browser, from the click to the end.
@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: Chromium.path != nil, Comment(rawValue: Chromium.absence)))
struct BrowserTests {
    @Test func aCustomerConnectsABank() async throws {
        try await LinkVisit.run { (visit: LinkVisit) async throws in
            try await visit.see(.readyFirstTime)
            #expect(visit.desk.told == [])
            try await visit.click()
            try await visit.see(.atBank)
            try await visit.click(inLink: "continue", "choose-bank", "connect")
            try await visit.see(.working)
            let session = try #require(visit.world.linkTokens.first?.sessions.first)
            let token = try #require(session.publicToken)
            let told = visit.desk.told
            #expect(told.count == 2 && told.first == .open(LinkVisit.address))
            guard case .succeeded(LinkVisit.address, token, let accounts) = told.last else {
                return #expect(told.last == nil)
            }
            #expect(accounts.count == 2)
            visit.desk.set(.done, at: LinkVisit.address)
            try await visit.see(.done)
            #expect(try await visit.page.value(of: "sessionStorage.length", as: Int.self) == 0)
            #expect(try await visit.page.value(of: "document.querySelectorAll('iframe').length", as: Int.self) == 0)
        }
    }

    @Test func aCustomerRepairsAConnection() async throws {
        try await LinkVisit.run(LinkVisit.Plan(standing: .ready(.updateMode), afterSuccess: .done)) {
            (visit: LinkVisit) async throws in
            try await visit.see(.readyUpdateMode)
            try await visit.click()
            try await visit.click(inLink: "continue", "connect")
            try await visit.see(.done)
            #expect(visit.world.linkTokens.first?.isUpdate == true)
        }
    }

    @Test func aCustomerLeavesAndComesAgain() async throws {
        try await LinkVisit.run { (visit: LinkVisit) async throws in
            try await visit.click()
            try await visit.click(inLink: "close")
            try await visit.see(.left)
            try await visit.click()
            try await visit.click(inLink: "continue", "choose-bank", "fail", "close")
            try await visit.see(.leftError)
            try await visit.desk.wait(for: 4)
            let address = LinkVisit.address
            #expect(
                visit.desk.told == [
                    .open(address), .left(address, code: nil), .open(address),
                    .left(address, code: "INVALID_CREDENTIALS"),
                ]
            )
            try await visit.click()
            try await visit.click(inLink: "continue", "choose-bank", "connect")
            try await visit.see(.working)
        }
    }

    @Test func aCustomerComesBackFromABank() async throws {
        try await LinkVisit.run { (visit: LinkVisit) async throws in
            try await visit.click()
            try await visit.click(inLink: "continue", "oauth")
            try await visit.page.click("#approve")
            try await visit.see(.working)
            #expect(try await visit.page.value(of: "location.href", as: String.self) == visit.base + "/oauth")
            let address = LinkVisit.address
            #expect(visit.desk.told.dropLast() == [.open(address), .resume(address)])
            guard case .succeeded(address, _, _) = visit.desk.told.last else {
                return #expect(visit.desk.told.last == nil)
            }
            visit.desk.set(.done, at: address)
            try await visit.page.reload()
            try await visit.see(.done)
        }
    }

    @Test func aCustomerAllowsTheBankNothingAndTriesAgain() async throws {
        try await LinkVisit.run { (visit: LinkVisit) async throws in
            try await visit.click()
            try await visit.click(inLink: "continue", "oauth")
            try await visit.page.click("#deny")
            try await visit.click(inLink: "close")
            try await visit.see(.leftError)
            try await visit.desk.wait(for: 3)
            #expect(visit.desk.told.last == .left(LinkVisit.address, code: "ACCESS_NOT_GRANTED"))
            try await visit.click()
            try await visit.click(inLink: "continue", "choose-bank", "connect")
            try await visit.see(.working)
            #expect(visit.world.linkTokens.count == 2)
        }
    }

    @Test func whoeverComesBackToAnotherBrowserIsToldSo() async throws {
        try await LinkVisit.run(LinkVisit.Plan(path: "/oauth?oauth_state_id=1")) { (visit: LinkVisit) async throws in
            try await visit.see(.lost)
        }
    }

    @Test func aDoubleClickOpensLinkOnce() async throws {
        try await LinkVisit.run { (visit: LinkVisit) async throws in
            try await visit.see(.readyFirstTime)
            let twice = "[1, 2, 3].forEach(() => document.querySelector('section:not([hidden]) button')?.click())"
            _ = try await visit.page.value(of: twice, as: String?.self)
            let again = "document.querySelector('[data-view=ready_first_time] button').click()"
            _ = try await visit.page.value(of: again, as: String?.self)
            try await visit.click(inLink: "continue", "choose-bank", "connect")
            try await visit.see(.working)
            #expect(visit.desk.told.count == 2)
            #expect(visit.world.linkTokens.count == 1)
        }
    }

    @Test func thePageCanBeLoadedAnewInEveryState() async throws {
        try await LinkVisit.run { (visit: LinkVisit) async throws in
            try await visit.see(.readyFirstTime)
            try await visit.page.reload()
            try await visit.click()
            try await visit.click(inLink: "continue")
            try await visit.page.reload()
            try await visit.see(.readyFirstTime)
            try await visit.click()
            try await visit.click(inLink: "continue", "choose-bank", "connect")
            try await visit.see(.working)
            for (standing, view) in Self.views {
                visit.desk.set(standing, at: LinkVisit.address)
                try await visit.page.reload()
                try await visit.see(view)
            }
        }
    }

    private static let views: [(LinkStanding, LinkPageView)] = [
        (.working, .working), (.failed(.unavailable), .failedUnavailable), (.closed(.refused), .closedRefused),
        (.done, .done),
    ]

    @Test func aPageThatIsClosedRightAfterwardsLosesNothing() async throws {
        try await LinkVisit.run { (visit: LinkVisit) async throws in
            try await visit.click()
            try await visit.click(inLink: "continue", "choose-bank")
            // As browsers do at their worst, which only what is meant to outlast the page gets past.
            let leave = """
                (() => {
                const real = window.fetch;
                window.fetch = (url, options) => options.keepalive ? real(url, options) : new Promise(() => {});
                new MutationObserver(() => {
                  if (document.body.dataset.shown === 'sending') location.replace('about:blank');
                }).observe(document.body, { attributes: true });
                })()
                """
            _ = try await visit.page.value(of: leave, as: String?.self)
            try await visit.click(inLink: "connect")
            try await visit.desk.wait(for: 2)
            let token = try #require(visit.world.linkTokens.first?.sessions.first?.publicToken)
            guard case .succeeded(LinkVisit.address, token, _) = visit.desk.told.last else {
                return #expect(visit.desk.told.last == nil)
            }
            try await visit.page.wait(for: "location.href === 'about:blank'")
        }
    }

    @Test func whereLinkCannotBeLoadedThePageSaysSo() async throws {
        // Nothing listens there.
        let plan = LinkVisit.Plan { $0.sources.script = "http://127.0.0.1:9/link-initialize.js" }
        try await LinkVisit.run(plan) { (visit: LinkVisit) async throws in
            for _ in 1...2 {
                try await visit.click()
                try await visit.see(.blocked)
            }
            #expect(visit.desk.told == [])
        }
    }

    @Test func whoMustWaitSeesHowLong() async throws {
        let plan = LinkVisit.Plan(refusals: [.later(after: .seconds(2))])
        try await LinkVisit.run(plan) { (visit: LinkVisit) async throws in
            try await visit.click()
            try await visit.see(.later)
            #expect(try await visit.text().contains("0:0"))
            #expect(
                try await visit.page.value(of: "document.querySelector('[data-view=later] button')", as: Bool?.self)
                    == nil
            )
            try await visit.see(.readyFirstTime)
            try await visit.click()
            try await visit.see(.atBank)
            #expect(visit.desk.told.count == 2)
        }
    }

    @Test func whatIsOverIsShownAsItStands() async throws {
        try await LinkVisit.run(LinkVisit.Plan(refusals: [.over])) { (visit: LinkVisit) async throws in
            try await visit.see(.readyFirstTime)
            visit.desk.set(.closed(.identityMismatch), at: LinkVisit.address)
            try await visit.click()
            try await visit.see(.closedIdentityMismatch)
        }
    }

    @Test func anAddressThatIsNoneShowsSoWithoutAScript() async throws {
        try await LinkVisit.run(LinkVisit.Plan(standing: nil)) { (visit: LinkVisit) async throws in
            try await visit.page.wait(for: "document.querySelector('h1')?.innerText === 'This page does not exist'")
            #expect(try await visit.page.value(of: "document.scripts.length", as: Int.self) == 0)
        }
    }

    @Test func whoListensHearsWhatChanges() async throws {
        try await LinkVisit.run(LinkVisit.Plan(refusals: [.over])) { (visit: LinkVisit) async throws in
            try await visit.see(.readyFirstTime)
            _ = try await visit.page.value(
                of: "document.querySelector('section:not([hidden]) button').focus()",
                as: String?.self
            )
            visit.desk.set(.done, at: LinkVisit.address)
            try await visit.click()
            try await visit.see(.done)
            #expect(try await visit.page.value(of: "document.activeElement.innerText", as: String.self) == "All done")
            #expect(try await visit.page.value(of: "!!document.activeElement.closest('[aria-live]')", as: Bool.self))
        }
    }
}
