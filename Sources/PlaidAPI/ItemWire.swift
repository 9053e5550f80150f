/// The JSON of `/item/get` and `/accounts/get`, as far as it is looked at; numbers and balances have no field.
enum ItemWire {
    struct Request: Encodable {
        let accessToken: String
    }

    struct Item: Decodable {
        let itemId: String?
        let institutionId: String?
        let institutionName: String?
        let consentExpirationTime: String?
        let error: PlaidErrorWire?
    }

    struct ItemResponse: Decodable {
        let item: Item
        let requestId: String?
    }

    struct Account: Decodable {
        let accountId: String
        let persistentAccountId: String?
        let mask: String?
        let name: String?
        let subtype: String?
    }

    struct AccountsResponse: Decodable {
        let accounts: [Account]
        let requestId: String?
    }
}
