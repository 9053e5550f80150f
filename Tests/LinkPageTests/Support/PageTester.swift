import Domain
import Hummingbird
import HummingbirdTesting
import LinkPage
import Logging
import NIOCore
import TestSupport

/// The page's server without a socket, and a browser that says what browsers say.
struct PageTester: Sendable {
    /// What came back.
    struct Reply {
        let status: Int
        /// By their names in small letters.
        var headers: [String: String]
        let body: String

        subscript(name: String) -> String? { headers[name.lowercased()] }
    }

    static let address = "CANARY-addr-3kf82hd7sk20fj4md81nxb5v"
    static let linkToken = "link-sandbox-CANARY-11111111-2222"
    static let base = "https://link.example.com"

    let client: any TestClientProtocol
    let clock: ManualClock
    let log: LogCapture

    static func configuration(_ edit: (inout LinkPageConfiguration) -> Void = { _ in }) -> LinkPageConfiguration {
        var configuration = LinkPageConfiguration(
            baseURL: base,
            sources: .live(api: "https://sandbox.plaid.com"),
            brand: "Acme",
            key: Secret("0123456789abcdef0123456789abcdef")
        )
        edit(&configuration)
        return configuration
    }

    /// Gives `body` a server with a desk; one invitation is ready unless the desk says otherwise.
    static func run(
        _ desk: FakeDesk = ready(),
        _ configuration: LinkPageConfiguration = configuration(),
        webhooks: (any WebhookCheck)? = nil,
        _ body: @Sendable (PageTester) async throws -> Void
    ) async throws {
        let (clock, log) = (ManualClock(), LogCapture())
        let server = try LinkServer(
            configuration: configuration,
            desk: desk,
            webhooks: webhooks,
            clock: clock,
            logger: log.logger
        )
        try await server.application().test(.router) { client in
            try await body(PageTester(client: client, clock: clock, log: log))
        }
    }

    static func ready(_ opening: LinkOpening = .token(Secret(linkToken))) -> FakeDesk {
        FakeDesk([address: .ready(.updateMode)], onOpen: { _ in opening })
    }

    func advance(by duration: Duration) { clock.advance(by: duration) }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await send("GET", path, headers, nil)
    }

    /// The check that the page would send along; empty where there is none.
    func check(at page: String = "/i/" + address, _ headers: [String: String] = [:]) async throws -> String {
        let state = try await get(page + "/state", headers).body
        return state.split(separator: "\"").first { $0.count == 64 }.map(String.init) ?? ""
    }

    /// Sends what the page's script would send, but for the changes; a header that becomes nil is left out.
    func post(
        _ verb: String,
        at page: String = "/i/" + address,
        _ body: String = "{}",
        _ changes: [String: String?] = [:]
    ) async throws -> Reply {
        let cookie = (changes["Cookie"] ?? nil).map { ["Cookie": $0] } ?? [:]
        var headers: [String: String?] = [
            "Origin": PageTester.base, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json",
        ]
        if !changes.keys.contains("X-Link-Check") { headers["X-Link-Check"] = try await check(at: page, cookie) }
        headers.merge(changes) { $1 }
        return try await send("POST", page + "/" + verb, headers.compactMapValues { $0 }, body)
    }

    func send(
        _ method: String,
        _ path: String,
        _ headers: [String: String],
        _ body: String?
    ) async throws -> Reply {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPFields.Element.Name(name) { fields[name] = value }
        }
        return try await client.execute(
            uri: path,
            method: HTTPRequest.Method(rawValue: method) ?? .get,
            headers: fields,
            body: body.map { ByteBuffer(string: $0) }
        ) { response in
            let fields = response.headers.map { ($0.name.canonicalName, $0.value) }
            return Reply(
                status: response.status.code,
                headers: Dictionary(fields) { $0 + "\n" + $1 },
                body: String(buffer: response.body)
            )
        }
    }
}
