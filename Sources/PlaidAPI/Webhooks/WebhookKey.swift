/// The public half of a key that Plaid signs webhooks with.
package struct WebhookKey: Sendable, Hashable {
    /// What signatures name it by.
    package let id: String
    /// The two coordinates of its point on P-256, 32 bytes each.
    package let point: [UInt8]
    /// Whether Plaid has stopped signing with it.
    package let isExpired: Bool

    /// Makes a key of its parts.
    package init(id: String, point: [UInt8], isExpired: Bool = false) {
        self.id = id
        self.point = point
        self.isExpired = isExpired
    }

    /// Reads a JSON Web Key; nothing where it is of another kind than Plaid's.
    init?(_ wire: WebhookKeyWire.Key) {
        guard wire.alg == "ES256", wire.crv == "P-256", wire.kty == "EC", wire.use ?? "sig" == "sig",
            let x = Base64URL.bytes(wire.x), let y = Base64URL.bytes(wire.y), x.count == 32, y.count == 32
        else { return nil }
        self.init(id: wire.kid, point: x + y, isExpired: wire.expiredAt != nil)
    }
}
