import BrowserSupport
import FoundationEssentials
import Simulator
import Testing

@Suite(.serialized, .timeLimit(.minutes(5)), .enabled(if: Chromium.path != nil, Comment(rawValue: Chromium.absence)))
struct LinkPageTests {
    private static let frame = "link.html"
    private static let broken = Harness.token(1011_0000, row: 5)

    /// Opens Link on the brand's page; the policy of the page must not have been breached at the end.
    private func withLink(
        repairing accessToken: String? = nil,
        prepare: (Harness, String) throws -> Void = { _, _ in },
        _ body: @escaping @Sendable (BrowserPage, Harness, String) async throws -> Void
    ) async throws {
        try await Harness.run { (harness: Harness) async throws in
            try await LittleServer.run(answer: BrandPage.answer(simulator: harness.address.url)) { server in
                let redirect: JSON = .string(server.url + "/oauth")
                let token = try await harness.linkToken(["redirect_uri": redirect], repairing: accessToken)
                try prepare(harness, token)
                try await Chromium.withPage { page in
                    try await page.open(server.url + "/#" + token)
                    try await body(page, harness, token)
                    let breaches = await page.remarks.filter { !$0.contains("Failed to load resource") }
                    #expect(breaches.isEmpty)
                }
            }
        }
    }

    /// What the page was handed at the one end there was, once Link is out of sight.
    private func end(of page: BrowserPage) async throws -> JSON {
        try await page.wait(for: "window.ends.length > 0")
        try await page.wait(for: "document.querySelector('iframe').style.display === 'none'")
        let ends = try await page.value(of: "window.ends", as: [JSON].self)
        #expect(ends.count == 1)
        return try #require(ends.last)
    }

    private func events(of page: BrowserPage) async throws -> [String] {
        try await page.value(of: "window.events.map(e => e.name)")
    }

    @Test func aCustomerConnectsABank() async throws {
        try await withLink { page, harness, token in
            for button in ["#continue", "#choose-bank", "#connect"] {
                try await page.click(button, in: Self.frame)
            }
            let end = try await end(of: page)
            #expect(try await page.value(of: "window.isLoaded"))
            #expect(try await harness.exchange(end["token"]?.string).status == 200)
            let session = try #require(harness.world.linkTokens.first?.sessions.first)
            #expect(session.publicToken == end["token"]?.string)
            #expect(end["metadata"]?["link_session_id"] == .string(session.id))
            #expect(end["metadata"]?["institution"]?["institution_id"] == "ins_109508")
            #expect(end["metadata"]?["accounts"]?.elements?.map { $0["mask"] } == ["0000", "1111"])
            #expect(
                try await events(of: page) == [
                    "OPEN", "TRANSITION_VIEW", "TRANSITION_VIEW", "SELECT_INSTITUTION", "TRANSITION_VIEW",
                    "SUBMIT_CREDENTIALS", "HANDOFF",
                ]
            )
        }
    }

    @Test func aCustomerRepairsAConnection() async throws {
        try await withLink(repairing: Self.broken) { page, harness, _ in
            for button in ["#continue", "#connect"] { try await page.click(button, in: Self.frame) }
            let end = try await end(of: page)
            let accounts = end["metadata"]?["accounts"]?.elements?.compactMap { $0["id"]?.string }
            #expect(accounts == harness.world.accounts(of: Self.broken).map(\.id))
            let item = try await harness.plaid("/item/get", ["access_token": .string(Self.broken)])
            #expect(item["item"]?["error"] == .null)
        }
    }

    @Test func aCustomerClosesLinkAndOpensItAgain() async throws {
        try await withLink { page, harness, _ in
            try await page.click("#close", in: Self.frame)
            let end = try await end(of: page)
            #expect(end["token"] == nil && end["error"] == .null)
            #expect(try await events(of: page).last == "EXIT")
            _ = try await page.value(of: "window.handler.open()", as: String?.self)
            for button in ["#continue", "#choose-bank", "#connect"] {
                try await page.click(button, in: Self.frame)
            }
            try await page.wait(for: "window.ends.length === 2 && window.ends[1].token")
            #expect(harness.world.linkTokens.first?.sessions.count == 2)
        }
    }

    @Test func thePageClosesLinkAndTakesItAway() async throws {
        try await withLink { page, _, _ in
            try await page.wait(for: "document.querySelector('#continue')", in: Self.frame)
            _ = try await page.value(of: "window.handler.exit()", as: String?.self)
            #expect(try await end(of: page)["error"] == .null)
            _ = try await page.value(of: "window.handler.destroy()", as: String?.self)
            #expect(try await page.value(of: "document.querySelectorAll('iframe').length") == 0)
        }
    }

    @Test func aCustomerGivesUpAfterAnError() async throws {
        try await withLink { page, harness, token in
            for button in ["#continue", "#choose-bank", "#fail", "#close"] {
                try await page.click(button, in: Self.frame)
            }
            let end = try await end(of: page)
            #expect(end["error"]?["error_code"] == "INVALID_CREDENTIALS")
            #expect(end["metadata"]?["status"] == "requires_credentials")
            #expect(try await events(of: page).contains("ERROR"))
            let told = try await harness.sessions(of: token).first
            #expect(told?["exit"]?["error"]?["error_code"] == "INVALID_CREDENTIALS")
        }
    }

    @Test func aCustomerComesBackFromABank() async throws {
        try await withLink { page, harness, _ in
            for button in ["#continue", "#oauth"] { try await page.click(button, in: Self.frame) }
            try await page.click("#approve")
            let end = try await end(of: page)
            #expect(try await page.value(of: "location.pathname") == "/oauth")
            #expect(try await harness.exchange(end["token"]?.string).status == 200)
            #expect(harness.world.linkTokens.first?.sessions.count == 1)
            _ = try await page.value(of: "window.handler.destroy()", as: String?.self)
            _ = try await page.value(of: "window.start()", as: String?.self)
            try await page.wait(for: "window.ends.length === 2")
            #expect(
                try await page.value(of: "window.ends[1].error.error_code") == "OAUTH_STATE_ID_ALREADY_PROCESSED"
            )
        }
    }

    @Test func aCustomerAllowsTheBankNothing() async throws {
        try await withLink { page, harness, _ in
            for button in ["#continue", "#oauth"] { try await page.click(button, in: Self.frame) }
            try await page.click("#deny")
            try await page.click("#close", in: Self.frame)
            #expect(try await end(of: page)["error"]?["error_code"] == "ACCESS_NOT_GRANTED")
            #expect(harness.world.linkTokens.first?.sessions.last?.publicToken == nil)
        }
    }

    @Test(arguments: [true, false])
    func aLinkTokenThatIsUsedUpOrTooOldIsRefused(isUsed: Bool) async throws {
        let prepare = { (harness: Harness, token: String) in
            if isUsed { _ = try harness.world.finishSession(of: token) } else { harness.clock.advance(by: 4 * 3600) }
        }
        try await withLink(prepare: prepare) { (page: BrowserPage, _, _) async throws in
            #expect(try await end(of: page)["error"]?["error_code"] == "INVALID_LINK_TOKEN")
            #expect(try await events(of: page) == ["ERROR", "EXIT"])
        }
    }

    @Test func aHostedPageSendsTheCustomerOnAndTellsTheWebhook() async throws {
        try await Harness.run { (harness: Harness) async throws in
            try await LittleServer.run { server in
                let changes: [String: JSON] = [
                    "webhook": .string(server.url + "/hook"),
                    "hosted_link": ["completion_redirect_uri": .string(server.url + "/done")],
                ]
                let made = try await harness.plaid("/link/token/create", Harness.linkBody(changes))
                let address = try #require(made["hosted_link_url"]?.string)
                try await Chromium.withPage { page in
                    try await page.open(address)
                    for button in ["#continue", "#oauth", "#approve"] { try await page.click(button) }
                    try await page.wait(for: "location.pathname === '/done'")
                }
                try await eventually { server.received.contains { $0.path == "/hook" } }
                let hook = try #require(server.received.first { $0.path == "/hook" })
                #expect(try JSON(parsing: hook.body.utf8)["status"] == "SUCCESS")
            }
        }
    }
}
