/// An access token that an exchange gave and that the ledger keeps, with a row that it reaches.
package struct KeptToken: Sendable {
    /// The exchange; rows of one Link session share theirs.
    package let exchange: Int64
    /// The row; they are in this order.
    package let link: Link.ID
    package let identity: Identity
    package let reference: String?
    /// Nothing where the present key does not open it.
    package let accessToken: Secret?
    package let itemID: String
    package let receivedAt: Timestamp

    package init(
        exchange: Int64,
        link: Link.ID,
        identity: Identity,
        reference: String?,
        accessToken: Secret?,
        itemID: String,
        receivedAt: Timestamp
    ) {
        self.exchange = exchange
        self.link = link
        self.identity = identity
        self.reference = reference
        self.accessToken = accessToken
        self.itemID = itemID
        self.receivedAt = receivedAt
    }
}
