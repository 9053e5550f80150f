/// What Plaid says of an Item, one customer's connection to one bank (`/item/get`).
package struct ItemReading: Sendable, Equatable {
    package let itemID: String?
    package let institutionID: String?
    package let institutionName: String?
    /// What is wrong with the connection: Plaid answers 200 and puts it inside.
    package let error: Refusal?
    /// When the bank's consent ends; nothing where it does not, or the date cannot be read.
    package let consentExpiresAt: Timestamp?

    package init(
        itemID: String?,
        institutionID: String? = nil,
        institutionName: String? = nil,
        error: Refusal? = nil,
        consentExpiresAt: Timestamp? = nil
    ) {
        self.itemID = itemID
        self.institutionID = institutionID
        self.institutionName = institutionName
        self.error = error
        self.consentExpiresAt = consentExpiresAt
    }
}

/// A bank account of an Item (`/accounts/get`), as far as it helps to know it again.
package struct PlaidAccount: Sendable, Equatable {
    /// Plaid's `account_id`, which may change when the customer repairs the connection.
    package let id: String
    /// The same over the account's whole life, where the bank gives one.
    package let persistentID: String?
    /// The last digits of its number; not unique.
    package let mask: String?
    package let name: String?
    package let subtype: String?

    package init(id: String, persistentID: String?, mask: String?, name: String?, subtype: String?) {
        self.id = id
        self.persistentID = persistentID
        self.mask = mask
        self.name = name
        self.subtype = subtype
    }

    /// What it is known by where the bank gives no lasting id; nothing where that is too little.
    package var traits: String? {
        guard let mask, let name, let subtype, !mask.isEmpty else { return nil }
        return "\(mask)\u{0}\(name)\u{0}\(subtype)"
    }
}
