import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulator

/// What came back over the socket.
struct Answered {
    let status: Int
    let headers: HTTPHeaders
    let text: String

    var json: JSON? { try? JSON(parsing: text.utf8) }

    subscript(name: String) -> JSON? { json?[name] }
}

/// A running simulator and a client that talks to it as a user's program would.
struct Harness: Sendable {
    static let customer = "e3dbc230-eba2-482a-95b9-791f5386e4b0"

    let address: SimulatorAddress
    let clock: ManualClock
    let credentials: SimulatorConfiguration.Credentials
    private let client: HTTPClient

    var world: World { address.world }

    static func run(
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
        clock: ManualClock = ManualClock(),
        _ body: (Harness) async throws -> Void
    ) async throws {
        let client = HTTPClient(configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))
        do {
            try await withSimulator(configuration, environment: SimulatorEnvironment(now: { clock.now })) { address in
                try await body(
                    Harness(address: address, clock: clock, credentials: configuration.credentials, client: client)
                )
            }
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    /// A configuration with a journal in a file of its own, which is gone afterwards.
    static func withJournal(_ body: (SimulatorConfiguration) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(SimulatorConfiguration(journal: path))
    }

    static func token(_ digits: Int, row: Int = 1) -> String {
        "access-sandbox-\(padded(digits, 8))-face-4000-8000-\(padded(row, 12))"
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: width - text.count) + text
    }

    func send(
        _ method: HTTPMethod,
        _ path: String,
        headers: HTTPHeaders = [:],
        body: String? = nil,
        timeout: TimeAmount = .seconds(60)
    ) async throws -> Answered {
        var request = HTTPClientRequest(url: address.url + path)
        request.method = method
        request.headers = headers
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client.execute(request, timeout: timeout)
        let bytes = try await response.body.collect(upTo: 4 << 20)
        return Answered(
            status: Int(response.status.code),
            headers: response.headers,
            text: String(buffer: bytes)
        )
    }

    var plaidHeaders: HTTPHeaders {
        [
            "PLAID-CLIENT-ID": credentials.plaidClientID, "PLAID-SECRET": credentials.plaidSecret,
            "Content-Type": "application/json", "Plaid-Version": "2020-09-14",
        ]
    }

    var bondHeaders: HTTPHeaders {
        [
            "Identity": credentials.bondIdentity, "Authorization": credentials.bondAuthorization,
            "Content-Type": "application/json",
        ]
    }

    func plaid(_ path: String, _ body: JSON) async throws -> Answered {
        try await send(.POST, path, headers: plaidHeaders, body: body.text)
    }

    func mint(
        _ token: String = Harness.token(0),
        account: String = "account",
        timeout: TimeAmount = .seconds(60)
    ) async throws -> Answered {
        let body: JSON = ["access_token": .string(token), "account_id": .string(account), "processor": "bond"]
        return try await send(
            .POST,
            "/processor/token/create",
            headers: plaidHeaders,
            body: body.text,
            timeout: timeout
        )
    }

    func post(_ body: JSON, timeout: TimeAmount = .seconds(60)) async throws -> Answered {
        try await send(
            .POST,
            "/api/v0.1/accounts/processor_tokens",
            headers: bondHeaders,
            body: body.text,
            timeout: timeout
        )
    }

    /// Mints a token and posts it for the customer.
    func link(
        _ token: String = Harness.token(0),
        account: String = "account",
        customer: String = Harness.customer,
        timeout: TimeAmount = .seconds(60)
    ) async throws -> Answered {
        let processorToken = try await mint(token, account: account)["processor_token"] ?? .null
        return try await post(["processor_token": processorToken, "customer_id": .string(customer)], timeout: timeout)
    }

    func list(_ customer: String = Harness.customer, query: String = "", version: String = "v0") async throws
        -> Answered
    {
        try await send(.GET, "/api/\(version)/accounts/\(customer)/external_accounts\(query)", headers: bondHeaders)
    }

    func admin(_ method: HTTPMethod, _ name: String, _ body: JSON? = nil) async throws -> Answered {
        try await send(method, "/admin/\(name)", body: body?.text)
    }
}
