import Domain

/// The JSON of `POST /accounts/processor_tokens`, field for field; an absent owner is left out.
enum LinkWire {
    struct Request: Encodable {
        let processorToken: String
        let customerId: String?
        let businessId: String?

        private enum CodingKeys: String, CodingKey {
            case processorToken = "processor_token"
            case customerId = "customer_id"
            case businessId = "business_id"
        }
    }
}

/// An external account in Bond's answers.
///
/// Secrets that Bond adds (`plaid_access_token`, account and routing numbers)
/// have no field here, and so are dropped at decoding.
struct BondAccountWire: Decodable {
    let linkedAccountId: String?
    let accountId: String?
    let customerId: String?
    let businessId: String?
    let status: LooseText?
    let verificationStatus: LooseText?
    let dateCreated: LooseText?
    let dateUpdated: LooseText?
    let bankName: LooseText?
    let mask: LooseText?
    let accountType: LooseText?
    let cardId: LooseText?

    private enum CodingKeys: String, CodingKey {
        case linkedAccountId = "linked_account_id"
        case accountId = "account_id"
        case customerId = "customer_id"
        case businessId = "business_id"
        case status
        case verificationStatus = "verification_status"
        case dateCreated = "date_created"
        case dateUpdated = "date_updated"
        case bankName = "bank_name"
        case mask
        case accountType = "account_type"
        case cardId = "card_id"
    }

    /// The account, where it names a link; some answers carry only `account_id`.
    var account: BondAccount? {
        let id = [linkedAccountId, accountId].compactMap(\.self).first { !$0.isEmpty }
        return id.map { id in
            BondAccount(
                linkedAccountID: id,
                accountID: accountId,
                status: status?.text,
                verificationStatus: verificationStatus?.text,
                dateCreated: dateCreated?.text,
                dateUpdated: dateUpdated?.text,
                bankName: bankName?.text,
                mask: mask?.text.flatMap(Self.lastDigits),
                accountType: accountType?.text,
                cardID: cardId?.text.flatMap { $0.isEmpty ? nil : $0 },
                owners: owners
            )
        }
    }

    /// Whom the item names; a sample of Bond's has the word "null" for nobody.
    private var owners: [Owner] {
        [(Owner.Kind.customer, customerId), (.business, businessId)].compactMap { kind, id in
            id.flatMap { $0.isEmpty || $0 == "null" ? nil : Owner(kind: kind, id: $0) }
        }
    }

    /// A mask, and no more of a number than a mask has: who puts a whole number there gives a secret away.
    private static func lastDigits(_ mask: String) -> String? {
        mask.isEmpty || mask.count > 4 ? nil : mask
    }

    /// The account, where the answer names a link for exactly this owner.
    func account(of owner: Owner) -> BondAccount? {
        guard let linked = linkedAccountId, !linked.isEmpty else { return nil }
        let named = owner.kind == .customer ? customerId : businessId
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
            items =
                try container.decodeIfPresent([BondAccountWire].self, forKey: .data)
                ?? container.decode([BondAccountWire].self, forKey: .accounts)
        }
        accounts = try items.map { item in
            // It may be the very link that is looked for: a list that hides it is no evidence.
            guard let account = item.account else { throw NamelessAccount() }
            return account
        }
    }

    /// Thrown where Bond lists an account without any id.
    private struct NamelessAccount: Error {}
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
