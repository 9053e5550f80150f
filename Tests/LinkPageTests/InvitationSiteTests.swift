import Domain
import LinkPage
import Testing

/// What the page asks and the desk is told.
struct InvitationSiteTests {
    private static let page = "/i/" + PageTester.address

    private static let standings: [(LinkStanding, String)] =
        [
            (.ready(.updateMode), #""mode":"update_mode","state":"ready""#),
            (.ready(.firstTime), #""mode":"first_time","state":"ready""#),
            (.working, #""state":"working""#), (.done, #""state":"done""#),
        ]
        + LinkTrouble.allCases.flatMap { trouble in
            [
                (.failed(trouble), #""state":"failed","trouble":"\#(trouble.rawValue)""#),
                (.closed(trouble), #""state":"closed","trouble":"\#(trouble.rawValue)""#),
            ]
        }

    @Test(arguments: standings.indices)
    func thePageIsToldHowItStands(index: Int) async throws {
        let (standing, told) = Self.standings[index]
        try await PageTester.run(FakeDesk([PageTester.address: standing])) { (tester: PageTester) async throws in
            let reply = try await tester.get(Self.page + "/state")
            #expect(reply.status == 200)
            #expect(reply.body == #"{"check":"\#(try await tester.check())",\#(told)}"#)
            #expect(try await tester.get(Self.page).status == 200)
        }
    }

    @Test func aLinkTokenIsMintedOnTheClick() async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            _ = try await tester.get(Self.page)
            _ = try await tester.get(Self.page + "/state")
            #expect(desk.told == [])
            let reply = try await tester.post("open")
            #expect(reply.body == #"{"link_token":"\#(PageTester.linkToken)"}"#)
            #expect(desk.told == [.open(PageTester.address)])
            let cookie =
                "__Host-relink-return=\(PageTester.address); Max-Age=14400; Path=/; HttpOnly; SameSite=Lax; Secure"
            #expect(reply["Set-Cookie"] == cookie)
        }
    }

    @Test func aDeskThatIsNotReadyIsAskedLater() async throws {
        try await PageTester.run(PageTester.ready(.later(after: .milliseconds(41_100)))) {
            (tester: PageTester) async throws in
            let reply = try await tester.post("open")
            #expect(reply.status == 503)
            #expect(reply["Retry-After"] == "42")
            #expect(reply.body == #"{"retry_after":42}"#)
            #expect(reply["Set-Cookie"] == nil)
        }
    }

    @Test func whatIsOverIsNotOpened() async throws {
        try await PageTester.run(PageTester.ready(.over)) { (tester: PageTester) async throws in
            #expect(try await tester.post("open").status == 409)
        }
    }

    @Test func theDeskTakesASuccess() async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            let body = #"{"public_token":"public-1","account_ids":["a","b"]}"#
            #expect(try await tester.post("success", body).status == 204)
            #expect(
                desk.told == [.succeeded(PageTester.address, token: "public-1", accounts: ["a", "b"])]
            )
            #expect(try await tester.get(Self.page + "/state").body.contains("working"))
            // As a page does that did not hear the answer.
            #expect(try await tester.post("success", body).status == 204)
            #expect(desk.told.count == 2)
        }
    }

    @Test(arguments: [
        "", "{}", "[]", "nonsense", #"{"public_token":"","account_ids":["a"]}"#, #"{"public_token":"p"}"#,
        #"{"public_token":1,"account_ids":[]}"#, #"{"public_token":"p","account_ids":[""]}"#,
    ])
    func whatIsNoSuccessIsNotTaken(body: String) async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            #expect(try await tester.post("success", body).status == 400)
            #expect(desk.told == [])
        }
    }

    @Test(arguments: [
        (#"{"error_code":"INVALID_CREDENTIALS"}"#, "INVALID_CREDENTIALS"), (#"{"error_code":null}"#, nil), ("{}", nil),
        (#"{"error_code":""}"#, nil), (#"{"error_code":"bad\nline"}"#, nil), (#"{"error_code":"lower"}"#, nil),
        ("{\"error_code\":\"\(String(repeating: "A", count: 65))\"}", nil),
    ])
    func theDeskHearsOfAnExit(body: String, code: String?) async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            #expect(try await tester.post("exit", body).status == 204)
            #expect(desk.told == [.left(PageTester.address, code: code)])
            #expect(try await tester.post("exit", "[]").status == 400)
        }
    }

    @Test func nothingTellsAnAddressThatNeverWasFromAnotherPath() async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            let paths = [
                "/i/unknown", "/i/" + String(repeating: "a", count: 129), "/i/%2e%2e", "/nowhere", "/", "/i/",
                "/i/\(PageTester.address)x", "/i/\(PageTester.address)/other",
            ]
            let first = try await tester.get(paths[0])
            #expect(first.body.contains("This page does not exist"))
            for path in paths {
                let reply = try await tester.get(path)
                #expect(reply.status == 404)
                #expect(reply.body == first.body)
                #expect(reply.headers == first.headers)
            }
        }
    }

    @Test func whoeverComesBackFromABankIsKnownByTheCookie() async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            let set = try #require(try await tester.post("open")["Set-Cookie"])
            let cookie = String(set.prefix { $0 != ";" })
            #expect(try await tester.get("/oauth", ["Cookie": cookie]).status == 200)
            let reply = try await tester.post("resume", at: "/oauth", "{}", ["Cookie": cookie])
            #expect(reply.body == #"{"link_token":"\#(PageTester.linkToken)"}"#)
            let body = #"{"public_token":"p","account_ids":["a"]}"#
            #expect(try await tester.post("success", at: "/oauth", body, ["Cookie": cookie]).status == 204)
            #expect(
                desk.told == [
                    .open(PageTester.address), .resume(PageTester.address),
                    .succeeded(PageTester.address, token: "p", accounts: ["a"]),
                ]
            )
        }
    }

    @Test func whoeverComesBackWithoutOneIsToldNothing() async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            #expect(try await tester.get("/oauth").status == 200)
            #expect(try await tester.get("/oauth/state").status == 404)
            let check = try await tester.check()
            let changes = ["X-Link-Check": check]
            #expect(try await tester.post("resume", at: "/oauth", "{}", changes).status == 403)
            #expect(try await tester.post("resume", "{}").status == 404)
            #expect(desk.told == [])
        }
    }

    @Test func aSessionThatIsGoneIsNotResumed() async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            let cookie = "__Host-relink-return=\(PageTester.address)"
            #expect(try await tester.post("resume", at: "/oauth", "{}", ["Cookie": cookie]).status == 409)
        }
    }

    @Test func aProxyMayKeepThePrefixOrCutItOff() async throws {
        let configuration = PageTester.configuration { $0.baseURL = "https://example.com/link/" }
        try await PageTester.run(PageTester.ready(), configuration) { (tester: PageTester) async throws in
            for path in [Self.page, "/link" + Self.page] {
                let page = try await tester.get(path)
                #expect(page.status == 200)
                #expect(page.body.contains("src=\"/link/assets/link-"))
                let reply = try await tester.post("open", at: path, "{}", ["Origin": "https://example.com"])
                #expect(reply.status == 200)
            }
        }
    }
}
