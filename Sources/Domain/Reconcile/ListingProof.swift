/// A link that Bond is known to have made: if its list shows this one, absence from the list means something.
package struct ListingProof: Sendable, Equatable {
    package let owner: Owner
    package let linkedAccountID: String
    /// When Bond answered; its list may take a while to show the link.
    package let linkedAt: Timestamp

    package init(owner: Owner, linkedAccountID: String, linkedAt: Timestamp) {
        self.owner = owner
        self.linkedAccountID = linkedAccountID
        self.linkedAt = linkedAt
    }
}
