/// The JSON of `/item/public_token/exchange`, field for field; names are turned into snake case on the way.
enum ExchangeWire {
    struct Request: Encodable {
        let publicToken: String
    }

    struct Response: Decodable {
        let accessToken: String
        let itemId: String?
        let requestId: String?
    }
}
