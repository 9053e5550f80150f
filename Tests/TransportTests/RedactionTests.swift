import Testing
import Transport

@Suite("What a remote text may say")
struct RedactionTests {
    @Test("a secret that was sent is taken out wherever it occurs")
    func secrets() {
        let redaction = Redaction(secrets: ["s3cret-value", "no"])
        #expect(redaction.apply("token s3cret-value, again:s3cret-value.") == "token (secret), again:(secret).")
        // What is too short to be a secret would take words apart.
        #expect(redaction.apply("no such token") == "no such token")
    }

    @Test(
        "whatever looks like a token goes, known or not",
        arguments: ["access-sandbox-1", "processor-production-2", "public-development-3", "link-sandbox-4"]
    )
    func tokens(token: String) {
        #expect(Redaction(secrets: []).apply("bad \"\(token)\" here") == "bad (secret) here")
    }

    @Test("a text is one line, and cut at 300 characters")
    func shape() {
        #expect(Redaction(secrets: []).apply("a\r\nb\u{1B}[31m c") == "a b [31m c")
        let long = Redaction(secrets: []).apply(String(repeating: "x", count: 1_000))
        #expect(long.count == 300)
        #expect(long.hasSuffix("…"))
    }
}
