/// Compares a claim with what Bond lists for its owner; a pure function.
package enum AdoptionEvidence: Sendable, Equatable {
    /// Bond lists the link, and nothing that it says of it contradicts the claim.
    case confirmed(BondAccount)
    /// Bond does not list the link for this owner.
    case notListed
    /// Bond lists it as gone.
    case removed(BondAccount)
    /// Bond lists it, and says what the claim contradicts.
    case contradicted(BondAccount, Failure)

    /// Looks for a claim in a list.
    ///
    /// The id that the list keeps the link under comes first; its `account_id` counts only where one link alone has it,
    /// for of old it named the card account.
    package init(_ adoption: Adoption, listed: [BondAccount]) {
        let fitting = listed.filter(adoption.order.isFor)
        let exact = fitting.filter { adoption.naming($0).linkedAccountID == adoption.linkedAccountID }
        guard let account = exact.first ?? (fitting.count == 1 ? fitting[0] : nil), exact.count < 2 else {
            self = .notListed
            return
        }
        if account.isRemoved {
            self = .removed(account)
        } else if let failure = Self.contradiction(adoption, account) {
            self = .contradicted(account, failure)
        } else {
            self = .confirmed(account)
        }
    }

    private static func contradiction(_ adoption: Adoption, _ account: BondAccount) -> Failure? {
        if let other = account.owners.first(where: { $0.kind == adoption.identity.owner.kind }),
            other != adoption.identity.owner
        {
            return .adoption("owner_differs", "Bond's list says that it belongs to \(other.kind.rawValue) \(other.id)")
        }
        if [account.linkedAccountID, account.accountID].contains(adoption.identity.accountID) {
            return .bondsAccountID
        }
        guard let claimed = adoption.mask, let mask = account.mask else { return nil }
        if claimed.hasSuffix(mask) || mask.hasSuffix(claimed) { return nil }
        return .adoption("mask_differs", "Bond lists an account that ends in \(mask), and the line says \(claimed)")
    }
}
