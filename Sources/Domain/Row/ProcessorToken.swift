/// A processor token that Plaid made, with what decides whether it may still be used.
package struct ProcessorToken: Sendable, Equatable {
    package let secret: Secret
    /// The access token it was made from.
    package let fingerprint: Fingerprint
    package let mintedAt: Timestamp
    /// The ledger's number of the run that made it.
    package let run: Int64

    package init(secret: Secret, fingerprint: Fingerprint, mintedAt: Timestamp, run: Int64) {
        self.secret = secret
        self.fingerprint = fingerprint
        self.mintedAt = mintedAt
        self.run = run
    }
}
