import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import Simulator
import Synchronization
import Testing

/// Has the simulator make link tokens.
final class Mint: Sendable {
    /// What the page's addresses begin with.
    private let base = Mutex("http://127.0.0.1:9")
    private let simulator: String
    private let mode: LinkMode
    private let refusals: Mutex<[LinkOpening]>

    init(simulator: String, mode: LinkMode = .firstTime, refusals: [LinkOpening] = []) {
        self.simulator = simulator
        self.mode = mode
        self.refusals = Mutex(refusals)
    }

    func setBase(_ address: String) { base.withLock { $0 = address } }

    func open() async -> LinkOpening {
        if let refusal = refusals.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return refusal }
        guard let token = try? await make() else { return .over }
        return .token(token)
    }

    private func make() async throws -> Secret {
        let credentials = SimulatorConfiguration.Credentials.standard
        var request = HTTPClientRequest(url: simulator + "/link/token/create")
        request.method = .POST
        request.headers = [
            "Content-Type": "application/json", "PLAID-CLIENT-ID": credentials.plaidClientID,
            "PLAID-SECRET": credentials.plaidSecret, "Plaid-Version": "2020-09-14",
        ]
        let token = "access-sandbox-10110000-face-4000-8000-000000000005"
        let kind = mode == .updateMode ? "\"access_token\":\"\(token)\"" : #""products":["auth"]"#
        let body = """
            {"client_name":"Acme","language":"en","country_codes":["US"],"user":{"client_user_id":"u-1"},\
            "redirect_uri":"\(base.withLock { $0 })/oauth",\(kind)}
            """
        request.body = .bytes(ByteBuffer(string: body))
        let reply = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let json = try JSON(parsing: String(buffer: try await reply.body.collect(upTo: 1 << 16)).utf8)
        return Secret(try #require(json["link_token"]?.string))
    }
}
