import Domain

/// The JSON of `POST /accounts/processor_tokens`, field for field; an absent owner is left out.
enum LinkWire {
    struct Request: Encodable {
        let processor_token: String
        let customer_id: String?
        let business_id: String?
    }
}

/// An external account in Bond's answers. Secrets that Bond adds (`plaid_access_token`, account and routing numbers)
/// have no field here, and so are dropped at decoding.
struct BondAccountWire: Decodable {
    let linked_account_id: String?
    let account_id: String?
    let customer_id: String?
    let business_id: String?
    let status: LooseText?
    let verification_status: LooseText?
    let date_created: LooseText?
    let date_updated: LooseText?

    /// The account, where it names a link; some answers carry only `account_id`.
    var account: BondAccount? {
        let id = [linked_account_id, account_id].compactMap(\.self).first { !$0.isEmpty }
        return id.map { id in
            BondAccount(
                linkedAccountID: id, accountID: account_id, status: status?.text,
                verificationStatus: verification_status?.text, dateCreated: date_created?.text,
                dateUpdated: date_updated?.text)
        }
    }

    /// The account, where the answer names a link for exactly this owner.
    func account(of owner: Owner) -> BondAccount? {
        guard let linked = linked_account_id, !linked.isEmpty else { return nil }
        let named = owner.kind == .customer ? customer_id : business_id
        return named.map { Owner(kind: owner.kind, id: $0) } == owner ? account : nil
    }
}

/// Bond's list: a bare array, or one inside `data` or `accounts`.
struct AccountListWire: Decodable {
    let accounts: [BondAccount]

    private enum Key: String, CodingKey {
        case data
        case accounts
    }

    init(from decoder: any Decoder) throws {
        let items: [BondAccountWire]
        if let bare = try? [BondAccountWire](from: decoder) {
            items = bare
        } else {
            let container = try decoder.container(keyedBy: Key.self)
            items = try container.decodeIfPresent([BondAccountWire].self, forKey: .data)
                ?? container.decode([BondAccountWire].self, forKey: .accounts)
        }
        accounts = items.compactMap(\.account)
    }
}

/// A text that may come as null, a number or a flag in its place; never a reason to lose the answer.
struct LooseText: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else if let number = try? container.decode(Double.self) {
            text = "\(number)"
        } else {
            text = nil
        }
    }
}
