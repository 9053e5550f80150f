import AsyncHTTPClient
import Domain
import Foundation
import LinkPage
import NIOCore
import NIOHTTP1
import NIOSSL
import Testing

/// The server at a socket.
@Suite(.timeLimit(.minutes(5)))
struct LinkServerTests {
    @Test(
        arguments: [
            ({ @Sendable in $0.baseURL = "link.example.com" }, .badBaseURL("link.example.com")),
            ({ @Sendable in $0.baseURL = "https://" }, .badBaseURL("https://")),
            ({ @Sendable in $0.baseURL = "https://a.example/?q=1" }, .badBaseURL("https://a.example/?q=1")),
            ({ @Sendable in $0.baseURL = "https://user@a.example" }, .badBaseURL("https://user@a.example")),
            ({ @Sendable in $0.key = Secret("short") }, .weakKey),
            (
                { @Sendable in $0.sources.frames = ["https://a.example; script-src *"] },
                .badSource("https://a.example; script-src *")
            ),
            ({ @Sendable in $0.sources.calls = ["*"] }, .badSource("*")),
            ({ @Sendable in ($0.host, $0.baseURL) = ("0.0.0.0", nil) }, .notPrivate(host: "0.0.0.0")),
            ({ @Sendable in ($0.host, $0.baseURL) = ("::", "http://a.example") }, .notPrivate(host: "::")),
            ({ @Sendable in ($0.host, $0.baseURL) = ("127.evil.example", nil) }, .notPrivate(host: "127.evil.example")),
        ] as [(@Sendable (inout LinkPageConfiguration) -> Void, LinkPageError)]
    )
    func whatCannotBeServedIsRefused(edit: @Sendable (inout LinkPageConfiguration) -> Void, error: LinkPageError) {
        #expect(throws: error) { try Self.server(PageTester.configuration(edit)) }
    }

    @Test(arguments: ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
    func whoIsOnTheMachineNeedsNoPrivacy(host: String) throws {
        _ = try Self.server(PageTester.configuration { ($0.host, $0.baseURL) = (host, nil) })
    }

    @Test func certificatesThatCannotBeReadAreTold() throws {
        let files = LinkPageConfiguration.TLSFiles(certificates: "/nowhere/chain.pem", key: "/nowhere/key.pem")
        let thrown = #expect(throws: LinkPageError.self) {
            try Self.server(PageTester.configuration { $0.tls = files })
        }
        #expect(thrown?.description.contains("/nowhere/chain.pem") == true)
    }

    @Test func requestsInFlightAreAnswered() async throws {
        let (gates, gate) = AsyncStream.makeStream(of: Void.self)
        let desk = FakeDesk([PageTester.address: .ready(.updateMode)]) { _ in
            for await _ in gates {}
            return .token(Secret(PageTester.linkToken))
        }
        let server = try Self.server(PageTester.configuration { $0.baseURL = nil }, desk)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let running = Task { try await server.run { port.yield($0) } }
        let base = "http://127.0.0.1:\(try #require(await ports.first { _ in true }))"
        async let answered = Self.open(at: base)
        try await desk.wait(for: 1)
        running.cancel()
        // The listening socket is closed first; only then is the request let go.
        try await Self.untilRefused(base)
        gate.finish()
        #expect(try await answered.contains(PageTester.linkToken))
        try await running.value
    }

    @Test(.enabled(if: Certificate.tool != nil, "no openssl is installed"))
    func filesMakeConnectionsPrivate() async throws {
        try await Certificate.withFiles { files in
            let server = try Self.server(PageTester.configuration { ($0.tls, $0.baseURL) = (files, nil) })
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let running = Task { try await server.run { port.yield($0) } }
            let address = "https://127.0.0.1:\(try #require(await ports.first { _ in true }))/healthz"
            var settings = HTTPClient.Configuration()
            settings.tlsConfiguration = .makeClientConfiguration()
            settings.tlsConfiguration?.certificateVerification = .none
            let client = HTTPClient(configuration: settings)
            let reply = try? await client.execute(HTTPClientRequest(url: address), timeout: .seconds(60))
            try await client.shutdown()
            running.cancel()
            try await running.value
            #expect(reply?.status == .ok)
            #expect(reply?.headers["Strict-Transport-Security"] == ["max-age=31536000"])
        }
    }

    private static func server(_ configuration: LinkPageConfiguration, _ desk: FakeDesk = FakeDesk()) throws
        -> LinkServer
    {
        try LinkServer(configuration: configuration, desk: desk, logger: LogCapture().logger)
    }

    /// Asks for the state, then for Link.
    private static func open(at base: String) async throws -> String {
        let page = base + "/i/" + PageTester.address
        let state = try await HTTPClient.shared.execute(HTTPClientRequest(url: page + "/state"), timeout: .seconds(60))
        let text = String(buffer: try await state.body.collect(upTo: 1 << 16))
        var request = HTTPClientRequest(url: page + "/open")
        request.method = .POST
        request.headers = ["Origin": base, "Content-Type": "application/json"]
        request.headers.add(
            name: "X-Link-Check",
            value: text.split(separator: "\"").first { $0.count == 64 }.map(String.init) ?? ""
        )
        request.body = .bytes(ByteBuffer(string: "{}"))
        let reply = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        return String(buffer: try await reply.body.collect(upTo: 1 << 16))
    }

    private static func untilRefused(_ base: String) async throws {
        while (try? await HTTPClient.shared.execute(HTTPClientRequest(url: base + "/healthz"), timeout: .seconds(5)))
            != nil
        {
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
