import Domain

/// Lets a link go only where the one that takes its place is there: linked by the ledger, and usable by the same list.
struct ReplacementCheck: Sendable {
    let removals: any RemovalLedger

    /// Why the link has to stay; nothing where it may go, or nothing has to take its place.
    ///
    /// With the new link usable in the very list that the removal goes by, no customer loses the last usable account.
    ///
    /// - Throws: What the ledger throws.
    func refusal(of item: RemovalCase, _ listed: [BondAccount]) async throws -> Failure? {
        guard let order = item.order.ofReplacement else { return nil }
        if let row = item.standing.row {
            return .removal(
                "not_an_old_link",
                "a row of the ledger has it: account \(row.accountID), \(row.state.rawValue)"
            )
        }
        let standing = try await removals.standing(of: order)
        guard let row = standing.row, row.owner == order.owner, row.state == .linked, !standing.isOpen else {
            return Self.notReplaced(
                "the ledger has no linked row of this owner with the new link \(order.linkedAccountID)"
            )
        }
        guard let new = listed.first(where: { $0.isLink(order.linkedAccountID) }) else {
            return Self.notReplaced("Bond does not list the new link \(order.linkedAccountID) any more")
        }
        guard new.isUsable, !new.isRemoved else {
            let status = [new.status ?? "no status", new.verificationStatus ?? "not verified"].joined(separator: ", ")
            return Self.notReplaced("the new link \(order.linkedAccountID) is not usable: \(status)")
        }
        if let old = item.account, new.linkedAccountID == old.linkedAccountID {
            return Self.notReplaced("old and new link are one")
        }
        return nil
    }

    private static func notReplaced(_ why: String) -> Failure {
        .removal("not_replaced", "\(why): relink cutover plan anew")
    }
}

extension BondAccount {
    /// Whether the list keeps it under this id.
    fileprivate func isLink(_ id: String) -> Bool {
        RemovalOrder(owner: Owner(kind: .customer, id: ""), linkedAccountID: linkedAccountID).linkedAccountID == id
    }
}
