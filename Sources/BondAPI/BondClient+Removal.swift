package import Domain
import Transport

extension BondClient {
    package func removeAccount(_ linkedAccountID: String, by path: RemovalPath) async -> RemoteCall<Void> {
        let id = PathSegment.escaped(linkedAccountID)
        var headers = headers
        var body: [UInt8]?
        let address: String
        switch path {
        case .sdk:
            address = "/api/v0/accounts/\(id)"
            headers.append(("Content-Type", "application/json"))
            body = Array(#"{"type":"external","link_type":"plaid"}"#.utf8)
        case .guide: address = "/api/v0.1/accounts/\(id)"
        case .card(let account):
            address = "/api/v0/accounts/\(PathSegment.escaped(account))/external_accounts/\(id)"
        }
        let call = HTTPCall(method: .delete, url: baseURL + address, headers: headers, body: body)
        return await perform(call, secrets: []) { (wire: RemovalWire?) in
            // Published answers differ, and one DELETE of Bond's answers in plain text: only a wrong name counts.
            wire?.names(linkedAccountID) ?? true ? () : nil
        }
    }
}

/// What the answer to a DELETE may say: the link as one of two ids, the other being a card account's.
struct RemovalWire: Decodable {
    let linkedAccountId: LooseText?
    let accountId: LooseText?

    private enum CodingKeys: String, CodingKey {
        case linkedAccountId = "linked_account_id"
        case accountId = "account_id"
    }

    /// Whether the answer is about this link, as far as it tells.
    func names(_ id: String) -> Bool {
        let named = [linkedAccountId, accountId].compactMap { $0?.text }
        return named.isEmpty || named.contains { $0.lowercased() == id.lowercased() }
    }
}
