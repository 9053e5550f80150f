/// The JSON of `/processor/token/create`, field for field.
enum ProcessorTokenWire {
    struct Request: Encodable {
        let access_token: String
        let account_id: String
        let processor: String
    }

    struct Response: Decodable {
        let processor_token: String
        let request_id: String?
    }
}

/// Plaid's error envelope; every field may be missing where a gateway answers in its place.
struct PlaidErrorWire: Decodable {
    let error_type: String?
    let error_code: String?
    let error_message: String?
    let request_id: String?
}
