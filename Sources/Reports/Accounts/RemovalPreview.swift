package import Domain

/// What `accounts remove` would do with links that were named one by one.
package struct RemovalPreview: Sendable {
    private let list: AccountList
    private let orders: [RemovalOrder]

    /// Makes the preview.
    ///
    /// - Parameters:
    ///   - orders: The links, all of one owner.
    ///   - list: What Bond lists for the owner.
    package init(_ orders: [RemovalOrder], in list: AccountList) {
        (self.orders, self.list) = (orders, list)
    }

    /// How many links would be removed.
    package var count: Int { orders.count { would($0) == nil } }

    /// The lines, without a line break at the end.
    package var text: String {
        let owner = list.owner
        var table = TextTable(.left, .left, .left, .left)
        table.add(["LINK", "AS LISTED", "LEDGER", "WOULD"])
        for order in orders {
            let entry = entry(order)
            table.add([
                order.linkedAccountID, entry?.account.inWords ?? "not listed", entry?.inLedger ?? "-",
                would(order) ?? "be removed",
            ])
        }
        let title = "\(owner.kind.rawValue) \(owner.id): \(count.counted("link")) of \(orders.count.grouped) to remove"
        return Paragraphs.joined([[title.printable], table.lines])
    }

    /// The preview for programs, on one line.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "owner_kind": .string(list.owner.kind.rawValue),
            "owner_id": .string(list.owner.id),
            "to_remove": .number(count),
            "links": .array(
                orders.map { order in
                    [
                        "linked_account_id": .string(order.linkedAccountID),
                        "to_remove": .bool(would(order) == nil),
                        "status": JSONValue(entry(order)?.account.status),
                        "account_id": JSONValue(entry(order)?.row?.accountID),
                    ]
                }
            ),
        ]
        return document.text
    }

    private func entry(_ order: RemovalOrder) -> AccountList.Entry? {
        list.entries.first { order.isFor($0.account) }
    }

    /// Why the link would be left alone; nothing where it would be removed.
    private func would(_ order: RemovalOrder) -> String? {
        guard let entry = entry(order) else { return "be left alone" }
        return entry.account.isRemoved ? "be left alone: it is gone" : nil
    }
}

/// What `accounts remove` would do with a file of links, as far as the ledger tells; Bond is not asked.
package struct RemovalForecast: Sendable {
    /// Links that the file names.
    package private(set) var links = 0
    /// Those whose removal is on record.
    package private(set) var removed = 0
    /// Those that are to be removed and that a row of the ledger has.
    package private(set) var owned = 0
    /// Lines that name no link.
    package private(set) var invalid = 0
    /// Lines of a plan that nobody approved.
    package private(set) var unapproved = 0

    package init() {}

    /// Counts a piece of the file.
    package mutating func add(_ standings: [RemovalStanding], invalid: Int, unapproved: Int = 0) {
        links += standings.count
        removed += standings.count { $0.removedAt != nil }
        owned += standings.count { $0.removedAt == nil && $0.row != nil }
        self.invalid += invalid
        self.unapproved += unapproved
    }

    /// How many links would be removed, where Bond lists them.
    package var count: Int { links - removed }

    /// One line for a person.
    package var text: String {
        let parts = [
            (count: owned, of: "of rows in the ledger"), (count: count - owned, of: "that no row has"),
            (count: removed, of: "removed already"),
        ]
        let bad = invalid > 0 ? "; \(invalid.counted("invalid line"))" : ""
        let left = unapproved > 0 ? "; \(unapproved.counted("line")) not approved" : ""
        return
            "\(links.counted("link")): \(parts.inWords)\(left)\(bad). A link that Bond does not list for its owner is left alone."
    }

    /// The forecast for programs, on one line.
    package var json: String {
        let document: JSONValue = [
            "version": 1, "links": .number(links), "to_remove": .number(count), "owned": .number(owned),
            "already_removed": .number(removed), "invalid": .number(invalid), "unapproved": .number(unapproved),
        ]
        return document.text
    }
}
