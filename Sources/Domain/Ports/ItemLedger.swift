/// What checking Items keeps in a ledger and asks of it.
package protocol ItemLedger: Sendable {
    /// Takes lines in: finds or adds the Item of each, and says what is to be done, in the same order.
    func admit(_ rows: [InputRow], policy: ItemPolicy) async throws -> [ItemAdmission]

    /// Commits what Plaid said of an Item; returns what it came to once that is durable.
    func commit(_ finding: ItemFinding, of item: Item.ID, policy: ItemPolicy, requestID: String?, at: Timestamp)
        async throws -> ItemVerdict
}
