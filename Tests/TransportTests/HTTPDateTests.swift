import Testing
import Transport

@Suite("HTTP dates and Retry-After")
struct HTTPDateTests {
    @Test(
        "reads the form servers send, and nothing else",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777_000),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199_000),
            ("Mon, 23 Nov 2026 01:54:20 GMT", 1_795_398_860_000),
            ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800_000),
            ("Sun, 06 Nov 1994 08:49:37 UTC", nil),
            ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
            ("Sun, 06 Nov 1994 24:49:37 GMT", nil),
            // No such day.
            ("Thu, 30 Feb 2024 00:00:00 GMT", nil),
            ("Wed, 29 Feb 2023 00:00:00 GMT", nil),
            ("Thu, 29 Feb 2100 00:00:00 GMT", nil),
            ("Thu, 31 Apr 2026 00:00:00 GMT", nil),
            ("Thu, 00 Apr 2026 00:00:00 GMT", nil),
            ("2026-11-23T01:54:20Z", nil),
            ("", nil),
        ] as [(String, Int64?)]
    )
    func dates(text: String, milliseconds: Int64?) {
        #expect(HTTPDate.milliseconds(text) == milliseconds)
    }

    @Test(
        "Retry-After is seconds or a date on the server's clock",
        arguments: [
            ("30", .seconds(30)),
            (" 0 ", .zero),
            ("86400", .seconds(86_400)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", .seconds(60)),
            // A date that has passed asks for nothing.
            ("Sun, 06 Nov 1994 08:48:37 GMT", .zero),
            ("-5", nil),
            ("+5", nil),
            // A wish beyond all bounds is a wish for long: a year stands for it.
            ("9999999999", .seconds(31_536_000)),
            ("99999999999999999999", .seconds(31_536_000)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", .seconds(31_536_000)),
            ("soon", nil),
        ] as [(String, Duration?)]
    )
    func retryAfter(text: String, wait: Duration?) {
        #expect(RetryAfter(text)?.wait(now: 784_111_777_000) == wait)
    }
}
