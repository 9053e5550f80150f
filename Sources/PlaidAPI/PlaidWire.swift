/// The JSON of `/processor/token/create`, field for field; names are turned into snake case on the way.
enum ProcessorTokenWire {
    struct Request: Encodable {
        let accessToken: String
        let accountId: String
        let processor: String
    }

    struct Response: Decodable {
        let processorToken: String
        let requestId: String?
    }
}

/// Plaid's error envelope; every field may be missing where a gateway answers in its place.
struct PlaidErrorWire: Decodable {
    let errorType: String?
    let errorCode: String?
    let errorMessage: String?
    let requestId: String?
}
