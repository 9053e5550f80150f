/// The JSON of `/processor/token/create`, field for field.
enum ProcessorTokenWire {
    struct Request: Encodable {
        let accessToken: String
        let accountId: String
        let processor: String

        private enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case accountId = "account_id"
            case processor
        }
    }

    struct Response: Decodable {
        let processorToken: String
        let requestId: String?

        private enum CodingKeys: String, CodingKey {
            case processorToken = "processor_token"
            case requestId = "request_id"
        }
    }
}

/// Plaid's error envelope; every field may be missing where a gateway answers in its place.
struct PlaidErrorWire: Decodable {
    let errorType: String?
    let errorCode: String?
    let errorMessage: String?
    let requestId: String?
}
