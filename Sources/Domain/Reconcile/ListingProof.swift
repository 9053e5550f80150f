/// A link that Bond is known to have made: if its list shows this one, absence from the list means something.
package struct ListingProof: Sendable, Equatable {
    package let owner: Owner
    package let linkedAccountID: String

    package init(owner: Owner, linkedAccountID: String) {
        self.owner = owner
        self.linkedAccountID = linkedAccountID
    }
}
