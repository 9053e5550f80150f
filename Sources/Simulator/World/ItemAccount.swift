/// A bank account as an Item lists it.
package struct ItemAccount: Sendable, Equatable {
    /// Its `account_id`.
    package var id: String
    /// What stays when the id changes, at banks that have such a thing.
    package var persistentID: String?
    /// What its bank calls it.
    package var name: String
    /// The last digits of its number.
    package var mask: String
    /// `depository`, `credit`, and so on.
    package var type: String
    /// `checking`, `savings`, and so on.
    package var subtype: String

    /// Makes a checking account, unless it is told otherwise.
    package init(
        id: String,
        persistentID: String? = nil,
        name: String = "Plaid Checking",
        mask: String = "0000",
        type: String = "depository",
        subtype: String = "checking"
    ) {
        self.id = id
        self.persistentID = persistentID
        self.name = name
        self.mask = mask
        self.type = type
        self.subtype = subtype
    }

    /// The account at a place in the usual list: checking, savings, then further checking accounts.
    static func usual(at place: Int, id: String) -> ItemAccount {
        var account = ItemAccount(id: id, persistentID: Fingerprint("persistent " + id).identifier(count: 37))
        if place == 1 { (account.name, account.mask, account.subtype) = ("Plaid Savings", "1111", "savings") }
        if place > 1 { (account.name, account.mask) = ("Plaid Checking \(place)", String(1000 + place * 1111 % 9000)) }
        return account
    }

    /// As `/accounts/get` lists it.
    var json: JSON {
        var members: [String: JSON] = [
            "account_id": .string(id),
            "balances": [
                "available": 100, "current": 110, "limit": nil, "iso_currency_code": "USD",
                "unofficial_currency_code": nil,
            ],
            "mask": .string(mask), "name": .string(name), "official_name": nil, "type": .string(type),
            "subtype": .string(subtype), "holder_category": "personal",
        ]
        if let persistentID { members["persistent_account_id"] = .string(persistentID) }
        return .object(members)
    }

    /// As Link hands it to a page.
    var linkJSON: JSON {
        [
            "id": .string(id), "name": .string(name), "mask": .string(mask), "type": .string(type),
            "subtype": .string(subtype), "verification_status": nil, "class_type": nil,
        ]
    }
}

extension ItemAccount: Codable {
    private enum CodingKeys: String, CodingKey {
        case id = "account_id"
        case persistentID = "persistent_account_id"
        case name
        case mask
        case type
        case subtype
    }

    /// Reads an account; what is left out is as it usually is.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(id: try members.decode(String.self, forKey: .id))
        persistentID = try members.decodeIfPresent(String.self, forKey: .persistentID)
        name = try members.decodeIfPresent(String.self, forKey: .name) ?? name
        mask = try members.decodeIfPresent(String.self, forKey: .mask) ?? mask
        type = try members.decodeIfPresent(String.self, forKey: .type) ?? type
        subtype = try members.decodeIfPresent(String.self, forKey: .subtype) ?? subtype
    }
}
