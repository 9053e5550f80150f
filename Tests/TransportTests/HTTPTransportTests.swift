import NIOCore
import NIOPosix
import TestSupport
import Testing
import Transport

/// What becomes of calls to servers that misbehave below HTTP.
@Suite("A call's outcome", .timeLimit(.minutes(3)))
struct HTTPTransportTests {
    @Test("an answer comes with status, body and the headers that matter")
    func answer() async throws {
        let outcome = try await outcome(
            of:
                "HTTP/1.1 429 Too Many\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}"
        )
        guard case .answer(let answer) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(answer.status == 429)
        #expect(answer.body == Array("{}".utf8))
        #expect(answer.dateMilliseconds == 784_111_777_000)
        #expect(answer.retryAfter == .seconds(7))
    }

    @Test("a redirect is an answer, and is not followed")
    func redirect() async throws {
        let outcome = try await outcome(
            of: "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/elsewhere\r\nContent-Length: 0\r\n\r\n"
        )
        guard case .answer(let answer) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(answer.status == 302)
    }

    @Test("a port nobody listens at: never sent")
    func refused() async throws {
        let port = try await RawServer.withServer(.close) { $0 }
        let outcome = try await perform("http://127.0.0.1:\(port)/x")
        guard case .neverSent(let why) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(why.contains("127.0.0.1"))
    }

    @Test("a name that cannot be looked up: never sent")
    func unknownName() async throws {
        guard case .neverSent = try await perform("http://nobody.invalid/x") else {
            Issue.record("the call should not have left")
            return
        }
    }

    @Test(
        "a connection that ends after the request, at any point of the answer: lost",
        arguments: ["", "HTTP/1.1 2", "HTTP/1.1 201 Created\r\nContent-Length: 20\r\n\r\n{\"a\":"]
    )
    func cut(answer: String) async throws {
        guard case .lost = try await outcome(of: answer) else {
            Issue.record("an answer cut at \(answer.count) bytes must be lost")
            return
        }
    }

    @Test("a server that never answers: lost, when the time is up")
    func silent() async throws {
        var timeout = Duration.milliseconds(200)
        var outcome = HTTPOutcome.neverSent(why: "not tried")
        // On a machine that is too busy to connect within the time, nothing has left yet.
        while case .neverSent = outcome, timeout < .seconds(60) {
            timeout = timeout * 2
            outcome = try await RawServer.withServer(.silence) { [timeout] port in
                try await perform("http://127.0.0.1:\(port)/x", timeout: timeout)
            }
        }
        guard case .lost(let why) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(why.contains("\(timeout)"))
    }

    @Test("an answer over the limit is not read, announced or not")
    func tooLarge() async throws {
        let announced = try await outcome(of: "HTTP/1.1 201 Created\r\nContent-Length: 5000\r\n\r\n", bodyLimit: 100)
        let body = String(repeating: "x", count: 5_000)
        let unannounced = try await outcome(of: "HTTP/1.1 201 Created\r\n\r\n\(body)", bodyLimit: 100)
        for outcome in [announced, unannounced] {
            guard case .unusable(let status, let why) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(status == 201)
            #expect(why.contains("100 bytes"))
        }
    }

    @Test("authorities that are no certificates are refused with the file's name")
    func authorities() async throws {
        let settings = TransportSettings(connections: 1, timeout: .seconds(1), authoritiesFile: "/dev/null")
        await #expect(throws: TransportError.self) {
            try await HTTPTransport.withTransport(settings) { _ in }
        }
    }

    private func outcome(of answer: String, bodyLimit: Int = 1 << 20) async throws -> HTTPOutcome {
        try await RawServer.withServer(.answer(answer)) { port in
            try await perform("http://127.0.0.1:\(port)/x", bodyLimit: bodyLimit)
        }
    }

    private func perform(
        _ url: String,
        timeout: Duration = .seconds(60),
        bodyLimit: Int = 1 << 20
    ) async throws -> HTTPOutcome {
        let settings = TransportSettings(connections: 2, timeout: timeout, bodyLimit: bodyLimit)
        return try await HTTPTransport.withTransport(settings) { transport in
            await transport.perform(HTTPCall(method: .post, url: url, headers: [], body: Array("{}".utf8)))
        }
    }
}
