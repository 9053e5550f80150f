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

    @Test(
        "marks that join a secret's first or last letter to another character hide it from nobody",
        arguments: ["\u{301}", "\u{200D}", "\u{600}", "\u{FE0F}"]
    )
    func joined(mark: String) {
        let redaction = Redaction(secrets: ["s3cret-value"])
        #expect(redaction.apply("a\(mark)s3cret-value\(mark)") == "a\(mark)(secret)\(mark)")
        #expect(redaction.apply("\(mark)access-sandbox-1\(mark)") == "(secret)")
    }

    @Test("a secret that holds another goes as a whole")
    func nested() {
        #expect(Redaction(secrets: ["s3cret", "s3cret-value"]).apply("s3cret-value s3cret") == "(secret) (secret)")
    }

    @Test("300 characters are 300, however many marks stand on a letter")
    func marks() {
        let text = Redaction(secrets: []).apply("e" + String(repeating: "\u{301}", count: 10_000))
        #expect(text.unicodeScalars.count == 300)
    }

    @Test("control characters of eight bits part words too")
    func controls() {
        #expect(Redaction(secrets: []).apply("a\u{9B}31m\u{7F}b\u{85}c") == "a 31m b c")
    }

    @Test("of many words the first line is kept")
    func long() {
        let text = String(repeating: "a ", count: 1 << 14)
        #expect(Redaction(secrets: ["s3cret-value"]).apply(text).count == 300)
    }

    @Test("a text is one line, and cut at 300 characters")
    func shape() {
        #expect(Redaction(secrets: []).apply("a\r\nb\u{1B}[31m c") == "a b [31m c")
        let long = Redaction(secrets: []).apply(String(repeating: "x", count: 1_000))
        #expect(long.count == 300)
        #expect(long.hasSuffix("…"))
    }
}
