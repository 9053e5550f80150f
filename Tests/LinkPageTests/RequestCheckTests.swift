import Domain
import LinkPage
import Testing

/// What other sites, and whoever guesses, cannot make the server do.
struct RequestCheckTests {
    private static let strange: [([String: String?], Int)] = [
        (["Origin": "https://evil.example"], 403),
        (["Origin": "https://link.example.com.evil.example"], 403),
        (["Origin": "http://link.example.com"], 403),
        (["Origin": "null", "Sec-Fetch-Site": nil], 403),
        (["Origin": nil, "Sec-Fetch-Site": nil], 403),
        (["Sec-Fetch-Site": "cross-site"], 403),
        (["Sec-Fetch-Site": "same-site"], 403),
        (["Origin": nil, "Sec-Fetch-Site": "none"], 403),
        (["Content-Type": "text/plain"], 415),
        (["Content-Type": "application/x-www-form-urlencoded"], 415),
        (["Content-Type": nil], 415),
        (["X-Link-Check": ""], 403),
        (["X-Link-Check": nil], 403),
        (["X-Link-Check": String(repeating: "0", count: 64)], 403),
        (["X-Link-Check": "zz"], 403),
    ]

    @Test(arguments: strange.indices, ["open", "success", "exit"])
    func strangeRequestsAreRefused(index: Int, verb: String) async throws {
        let desk = PageTester.ready()
        let (changes, status) = Self.strange[index]
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            #expect(try await tester.post(verb, Self.body(verb), changes).status == status, "\(changes)")
            #expect(desk.told == [])
        }
    }

    @Test(
        arguments: [
            [:], ["Sec-Fetch-Site": nil], ["Origin": nil], ["Origin": "null"],
            ["Content-Type": "application/json; charset=utf-8"],
        ] as [[String: String?]]
    )
    func thePagesOwnRequestsAreTaken(changes: [String: String?]) async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            #expect(try await tester.post("open", "{}", changes).status == 200)
        }
    }

    @Test func theCheckOfOneInvitationIsOfNoUseForAnother() async throws {
        let desk = FakeDesk([PageTester.address: .ready(.updateMode), "another": .ready(.firstTime)])
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            let check = try await tester.check(at: "/i/another")
            #expect(check.count == 64)
            #expect(try await tester.post("open", "{}", ["X-Link-Check": check]).status == 403)
            #expect(desk.told == [])
        }
    }

    @Test(arguments: [(16 * 1024, 400), (16 * 1024 + 1, 413)])
    func longMessagesAreRefused(length: Int, status: Int) async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            let body = String(repeating: " ", count: length)
            #expect(try await tester.post("success", body).status == status)
            #expect(desk.told == [])
        }
    }

    @Test func whereNoBaseIsGivenThePageIsWhereItIsReached() async throws {
        let configuration = PageTester.configuration { $0.baseURL = nil }
        try await PageTester.run(PageTester.ready(), configuration) { (tester: PageTester) async throws in
            // The tests' client calls its server so.
            #expect(try await tester.post("open", "{}", ["Origin": "http://localhost"]).status == 200)
            #expect(try await tester.post("open", "{}", ["Origin": "http://localhost:81"]).status == 403)
        }
    }

    private static func body(_ verb: String) -> String {
        verb == "success" ? #"{"public_token":"public-1","account_ids":["a"]}"# : "{}"
    }
}
