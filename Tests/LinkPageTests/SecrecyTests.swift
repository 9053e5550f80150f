import Domain
import Testing

/// Where tokens and addresses must not appear.
struct SecrecyTests {
    private static let publicToken = "public-sandbox-CANARY-33333333-4444"
    private static let page = "/i/" + PageTester.address

    @Test func noTokenAndNoAddressIsWhereItDoesNotBelong() async throws {
        let desk = PageTester.ready()
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            var told: [PageTester.Reply] = []
            for path in [Self.page, Self.page + "/state", "/oauth", "/i/CANARY-guess", "/healthz"] {
                told.append(try await tester.get(path, ["Cookie": "__Host-relink-return=\(PageTester.address)"]))
            }
            var opened = try await tester.post("open")
            #expect(opened.body.contains(PageTester.linkToken))
            opened.headers["set-cookie"] = nil
            told.append(.init(status: 200, headers: opened.headers, body: ""))
            told.append(try await tester.post("success", success))
            told.append(try await tester.post("exit", #"{"error_code":"CANARY-code"}"#))
            for _ in 0..<7 { told.append(try await refused(tester)) }
            let texts = told.flatMap { reply in [reply.body] + reply.headers.map { "\($0.key): \($0.value)" } }
            #expect(texts.filter { $0.contains("CANARY") } == [])
            #expect(tester.log.lines.filter { $0.contains("CANARY") } == [])
        }
    }

    @Test func theLogTellsWhatHappenedToWhichPage() async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            _ = try await tester.post("open")
            _ = try await tester.post("success", success)
            _ = try await tester.post("exit", #"{"error_code":"INVALID_CREDENTIALS"}"#)
            // The first digits of the address's SHA-256, worked out by other means.
            #expect(
                tester.log.lines == [
                    "link opened page=42469906", "link succeeded page=42469906",
                    "link left error_code=INVALID_CREDENTIALS page=42469906",
                ]
            )
        }
    }

    @Test func thePageIsTheSameForEverybody() async throws {
        let desk = FakeDesk([PageTester.address: .ready(.updateMode), "another": .closed(.refused)])
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            let page = try await tester.get(Self.page)
            let other = try await tester.get("/i/another")
            #expect(page.body == other.body)
            #expect(page.headers == other.headers)
        }
    }

    private var success: String { #"{"public_token":"\#(Self.publicToken)","account_ids":["CANARY-account"]}"# }

    /// An opening once there were too many, or what came before that without its token.
    private func refused(_ tester: PageTester) async throws -> PageTester.Reply {
        var reply = try await tester.post("open")
        guard reply.status == 200 else { return reply }
        reply.headers["set-cookie"] = nil
        return PageTester.Reply(status: 200, headers: reply.headers, body: "")
    }
}
