package import Domain
import Transport

extension BondClient {
    /// Asks Bond what it knows of the key (`GET /auth/key/{identity}`): a read that concerns no customer.
    package func checkKey() async -> RemoteCall<Void> {
        let path = "/api/v0.1/auth/key/\(PathSegment.escaped(identity.exposed))"
        let call = HTTPCall(method: .get, url: baseURL + path, headers: headers)
        // Whatever a success carries, the key is good.
        return await perform(call, secrets: []) { (_: Whatever?) in () }
    }
}

/// A body that is not looked at.
private struct Whatever: Decodable {}
