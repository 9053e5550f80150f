/// A keyed hash of an access token: tells whether a token changed, and nothing else.
package struct Fingerprint: Sendable, Hashable {
    /// 16 bytes of HMAC-SHA256 under the ledger's salt.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
