import Domain
import Pacing
import Transport

extension FuzzSubject {
    /// Dates of both APIs, `Retry-After`, and rates.
    static let texts = FuzzSubject("texts", seeds: seedTexts, words: wordTexts) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        try checkDate(text)
        try checkHTTPDate(text)
        try checkRetryAfter(text)
        try checkRate(text)
    }

    private static let seedTexts = [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 31 Dec 9999 23:59:60 GMT", "Thu, 29 Feb 2024 00:00:00 GMT",
        "2021-02-11 12:01:36.122439-08", "2024-02-29T23:59:60,5+05:45", "0000-01-01T00:00:00Z",
        "9999-12-31t23:59:59.999z", "30", "0", "-5", "9999999999", "99999999999999999999", "400/min", "0.5/s", "1e3/h",
        "unlimited",
    ]
    private static let wordTexts = [
        "GMT", " ", ":", "-", "+", "Feb", "Dec", "31", "29", "24", "60", "T", "Z", ".", "/s", "/h", "e9", "nan", "inf",
    ]

    private static func checkDate(_ text: String) throws(FuzzFinding) {
        guard let moment = LenientDate.parse(text) else { return }
        try require(LenientDate.parse(moment.description) == moment, "\(text) is \(moment), which is not read again")
    }

    /// What is read as a date of HTTP is a day that there is.
    private static func checkHTTPDate(_ text: String) throws(FuzzFinding) {
        guard HTTPDate.milliseconds(text) != nil else { return }
        let parts = text.split { " :,".contains($0) }
        let months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(separator: " ")
        guard parts.count == 8, let month = months.firstIndex(of: parts[2]), let day = Int64(parts[1]) else {
            throw FuzzFinding("\(text) is no date")
        }
        let date = Int64(parts[3]).flatMap { CivilDate(year: $0, month: Int64(month + 1), day: day) }
        try require(date != nil, "there is no such day as \(text)")
    }

    private static func checkRetryAfter(_ text: String) throws(FuzzFinding) {
        guard let retryAfter = RetryAfter(text) else { return }
        for now in [0, 784_111_777_000, 1_795_398_860_000, 253_402_300_799_000] as [Int64] {
            try WaitCheck.run(retryAfter.wait(now: now))
        }
    }

    private static func checkRate(_ text: String) throws(FuzzFinding) {
        guard let rate = Rate(text) else { return }
        try require(rate.callsPerSecond > 0, "\(text) is no call at all")
        let again = Rate(rate.description)?.callsPerSecond ?? 0
        let isSame = rate == .unlimited || abs(again / rate.callsPerSecond - 1) < 1e-5
        try require(isSame, "\(text) is written \(rate) and read as \(again)")
    }
}
