/// A link that somebody wants removed at Bond.
package struct RemovalOrder: Sendable, Hashable {
    /// Whose link it is to be: a link that is not listed for this owner is left alone.
    package let owner: Owner
    /// The link, UUIDs in lower case as Bond writes them.
    package let linkedAccountID: String
    /// The link that takes its place: without it, usable in the same list, the link stays.
    package let replacement: String?

    /// Makes an order.
    ///
    /// - Parameters:
    ///   - owner: Whose link.
    ///   - linkedAccountID: The link.
    ///   - replacement: The link that takes its place, where one has to.
    package init(owner: Owner, linkedAccountID: String, replacement: String? = nil) {
        self.owner = owner
        self.linkedAccountID = Self.key(linkedAccountID)
        self.replacement = replacement.map(Self.key)
    }

    /// The order for the link that takes this one's place.
    package var ofReplacement: RemovalOrder? {
        replacement.map { RemovalOrder(owner: owner, linkedAccountID: $0) }
    }

    /// Whether a listed account is the one that is meant.
    package func isFor(_ account: BondAccount) -> Bool {
        [account.linkedAccountID, account.accountID].contains { $0.map(Self.key) == linkedAccountID }
    }

    private static func key(_ id: String) -> String {
        UUIDShape.matches(id) ? id.lowercased() : id
    }
}

/// A piece of a list of removals, as it was read.
package struct RemovalBatch: Sendable, Equatable {
    /// The removals, in order.
    package var orders: [RemovalOrder]
    /// What could not be read as a removal, in order.
    package var invalid: [InvalidRow]
    /// How many lines name a link that is not to go.
    package var unapproved: Int

    package init(orders: [RemovalOrder] = [], invalid: [InvalidRow] = [], unapproved: Int = 0) {
        self.orders = orders
        self.invalid = invalid
        self.unapproved = unapproved
    }

    /// The orders in groups of one owner each, as far as they stand together, and of `most` at most.
    package func groups(of most: Int) -> [[RemovalOrder]] {
        var groups: [[RemovalOrder]] = []
        for order in orders {
            if let last = groups.last, last.count < most, last[0].owner == order.owner {
                groups[groups.count - 1].append(order)
            } else {
                groups.append([order])
            }
        }
        return groups
    }
}
