import Domain
import LinkPage
import NIOCore
import Testing

/// Where Plaid's webhooks go.
struct WebhookTests {
    private static let finished = """
        {"webhook_type":"LINK","webhook_code":"SESSION_FINISHED","status":"success","link_token":"CANARY-token",\
        "public_tokens":["CANARY-public"],"environment":"production"}
        """

    @Test func aFinishedSessionIsToldOnWithItsTokenAlone() async throws {
        try await Self.run { (tester: PageTester, desk: FakeDesk) async throws in
            #expect(try await tester.webhook(Self.finished).status == 200)
            #expect(desk.told == [.finished(token: "CANARY-token")])
        }
    }

    @Test(arguments: [
        "{}", "[]", "nonsense", "", #"{"webhook_type":"ITEM","webhook_code":"ERROR","link_token":"t"}"#,
        #"{"webhook_type":"LINK","webhook_code":"SESSION_FINISHED"}"#,
        #"{"webhook_type":"LINK","webhook_code":"SESSION_FINISHED","link_token":""}"#,
        #"{"webhook_type":"LINK","webhook_code":"SESSION_FINISHED","link_token":5}"#,
        #"{"webhook_type":"LINK","webhook_code":"ITEM_ADD_RESULT","link_token":"t"}"#,
    ])
    func whateverElsePlaidSaysIsTaken(body: String) async throws {
        try await Self.run { (tester: PageTester, desk: FakeDesk) async throws in
            #expect(try await tester.webhook(body).status == 200)
            #expect(desk.told == [])
        }
    }

    @Test func whatIsNotBelievedIsRefused() async throws {
        try await Self.run { (tester: PageTester, desk: FakeDesk) async throws in
            #expect(try await tester.webhook(Self.finished, "forged").status == 401)
            #expect(try await tester.webhook(Self.finished, nil).status == 401)
            #expect(desk.told == [])
            #expect(tester.log.lines == ["webhook refused reason=forged", "webhook refused reason=unsigned"])
        }
    }

    @Test func onlyJSONOfABoundedSizeIsTaken() async throws {
        try await Self.run { (tester: PageTester, desk: FakeDesk) async throws in
            let form = ["Content-Type": "text/plain", "Plaid-Verification": "genuine"]
            #expect(try await tester.send("POST", "/webhook", form, Self.finished).status == 415)
            #expect(try await tester.webhook(String(repeating: " ", count: 65_537)).status == 413)
            #expect(try await tester.webhook(String(repeating: " ", count: 65_536)).status == 200)
            #expect(try await tester.get("/webhook").status == 404)
            #expect(desk.told == [])
        }
    }

    @Test func aHundredComeAtOnceAndTwentyASecond() async throws {
        try await Self.run { (tester: PageTester, desk: FakeDesk) async throws in
            for _ in 0..<100 { #expect(try await tester.webhook("{}", "forged").status == 401) }
            let refused = try await tester.webhook(Self.finished)
            #expect(refused.status == 429)
            #expect(refused["Retry-After"] == "1")
            #expect(desk.told == [])
            tester.advance(by: .milliseconds(50))
            #expect(try await tester.webhook(Self.finished).status == 200)
            #expect(try await tester.webhook(Self.finished).status == 429)
            // Pages have tries of their own.
            #expect(try await tester.get("/i/" + PageTester.address).status == 200)
        }
    }

    @Test(arguments: ["/webhook", "/link/webhook"])
    func thePrefixMayBeCutOffByAProxy(path: String) async throws {
        let configuration = PageTester.configuration { $0.baseURL = PageTester.base + "/link" }
        try await Self.run(configuration) { (tester: PageTester, desk: FakeDesk) async throws in
            #expect(try await tester.webhook(Self.finished, at: path).status == 200)
            #expect(desk.told.count == 1)
        }
    }

    @Test func withoutACheckThereIsNoSuchPath() async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            #expect(try await tester.webhook(Self.finished).status == 404)
            #expect(desk.told == [])
        }
    }

    @Test func nothingOfAWebhookIsLoggedOrAnswered() async throws {
        try await Self.run { (tester: PageTester, _: FakeDesk) async throws in
            let replies = [
                try await tester.webhook(Self.finished), try await tester.webhook(Self.finished, "CANARY-signature"),
            ]
            #expect(replies.allSatisfy { $0.body.isEmpty })
            #expect(tester.log.lines == ["webhook taken session_finished=true", "webhook refused reason=forged"])
        }
    }

    private static func run(
        _ configuration: LinkPageConfiguration = PageTester.configuration(),
        _ body: @Sendable (PageTester, FakeDesk) async throws -> Void
    ) async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk, configuration, webhooks: FakeCheck()) { (tester: PageTester) async throws in
            try await body(tester, desk)
        }
    }
}

extension PageTester {
    /// Sends what Plaid would send.
    fileprivate func webhook(
        _ body: String,
        _ signature: String? = "genuine",
        at path: String = "/webhook"
    ) async throws -> Reply {
        let headers = ["Content-Type": "application/json", "Plaid-Verification": signature]
        return try await send("POST", path, headers.compactMapValues { $0 }, body)
    }
}
