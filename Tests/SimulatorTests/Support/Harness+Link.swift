import Simulator

extension Harness {
    /// A `/link/token/create` body that Plaid takes; first-time, unless an access token is given.
    static func linkBody(_ changes: [String: JSON] = [:], repairing accessToken: String? = nil) -> JSON {
        var body: [String: JSON] = [
            "client_name": "Acme", "language": "en", "country_codes": ["US"], "user": ["client_user_id": "u-1"],
        ]
        if let accessToken { body["access_token"] = .string(accessToken) } else { body["products"] = ["auth"] }
        return .object(body.merging(changes) { $1 })
    }

    func linkToken(_ changes: [String: JSON] = [:], repairing accessToken: String? = nil) async throws -> String {
        let made = try await plaid("/link/token/create", Harness.linkBody(changes, repairing: accessToken))
        return made["link_token"]?.string ?? made.text
    }

    func exchange(_ publicToken: String?) async throws -> Answered {
        try await plaid("/item/public_token/exchange", ["public_token": publicToken.map(JSON.string) ?? .null])
    }

    func sessions(of linkToken: String) async throws -> [JSON] {
        try await plaid("/link/token/get", ["link_token": .string(linkToken)])["link_sessions"]?.elements ?? []
    }
}
