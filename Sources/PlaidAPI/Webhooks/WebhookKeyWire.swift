/// The JSON of `/webhook_verification_key/get`, as far as it is looked at; names are turned into snake case on the way.
enum WebhookKeyWire {
    struct Request: Encodable {
        let keyId: String
    }

    struct Response: Decodable {
        let key: Key
        let requestId: String?
    }

    /// A JSON Web Key.
    struct Key: Decodable {
        let alg: String
        let crv: String
        let kty: String
        let kid: String
        let use: String?
        let x: String
        let y: String
        let expiredAt: Double?
    }
}
