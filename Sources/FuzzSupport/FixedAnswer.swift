package import Transport

/// Answers every call alike.
package struct FixedAnswer: HTTPSender {
    let answer: HTTPAnswer

    /// Answers with this status and body.
    package init(status: Int, body: String) {
        answer = HTTPAnswer(status: status, body: Array(body.utf8))
    }

    /// Answers what `bytes` say: a line of `status retry-after|date`, of which the status will do, then the body.
    init(_ bytes: [UInt8]) {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        let words = head.split(separator: " ", maxSplits: 1)
        let headers = words.count > 1 ? words[1].split(separator: "|", omittingEmptySubsequences: false) : []
        answer = HTTPAnswer(
            status: words.first.flatMap { Int($0) }.map { min(max($0, 100), 599) } ?? 200,
            body: Array(bytes[end...].dropFirst()),
            dateMilliseconds: headers.count > 1 ? HTTPDate.milliseconds(String(headers[1])) : nil,
            retryAfter: headers.first.flatMap { RetryAfter(String($0)) }
        )
    }

    package func perform(_ call: HTTPCall) async -> HTTPOutcome { .answer(answer) }
}
