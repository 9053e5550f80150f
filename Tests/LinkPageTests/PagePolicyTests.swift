import LinkPage
import Testing

/// What browsers are told a page may do.
struct PagePolicyTests {
    private static let paths = [
        "/i/" + PageTester.address, "/i/unknown", "/nowhere", "/i/\(PageTester.address)/state", "/oauth",
        "/oauth/state",
        "/healthz",
    ]

    @Test(arguments: paths)
    func everyAnswerCarriesThePolicy(path: String) async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            let reply = try await tester.get(path)
            expectPolicy(of: reply)
            #expect(reply["Cache-Control"] == "no-store")
        }
    }

    @Test func refusalsAndFilesCarryItToo() async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            expectPolicy(of: try await tester.post("open", "{}", ["Origin": "https://evil.example"]))
            expectPolicy(of: try await tester.send("PUT", "/oauth", [:], "{}"))
            let page = try await tester.get("/oauth").body
            let files = page.split(separator: "\"").filter { $0.hasPrefix("/assets/") }.map(String.init)
            #expect(files.count == 3)
            for file in files {
                let reply = try await tester.get(file)
                #expect(reply.status == 200)
                expectPolicy(of: reply)
                #expect(reply["Cache-Control"] == "public, max-age=31536000, immutable")
            }
            #expect(try await tester.get("/assets/link-000000000000.js").status == 404)
        }
    }

    @Test func whatIsNotPrivateAsksForNoPrivacyAndSetsNoPrivateCookie() async throws {
        let configuration = PageTester.configuration { $0.baseURL = "http://127.0.0.1:4000" }
        try await PageTester.run(PageTester.ready(), configuration) { (tester: PageTester) async throws in
            let reply = try await tester.post("open", "{}", ["Origin": "http://127.0.0.1:4000"])
            #expect(reply.status == 200)
            #expect(reply["Strict-Transport-Security"] == nil)
            let cookie = "relink-return=\(PageTester.address); Max-Age=14400; Path=/; HttpOnly; SameSite=Lax"
            #expect(reply["Set-Cookie"] == cookie)
        }
    }

    private func expectPolicy(of reply: PageTester.Reply, at location: SourceLocation = #_sourceLocation) {
        let policy = """
            default-src 'none'; script-src 'self' https://cdn.plaid.com; frame-src https://cdn.plaid.com; \
            connect-src 'self' https://sandbox.plaid.com; style-src 'self'; img-src 'self'; form-action 'none'; \
            base-uri 'none'; frame-ancestors 'none'
            """
        let expected = [
            "Content-Security-Policy": policy, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin", "X-Robots-Tag": "noindex",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Strict-Transport-Security": "max-age=31536000",
        ]
        for (name, value) in expected { #expect(reply[name] == value, "\(name)", sourceLocation: location) }
    }
}
