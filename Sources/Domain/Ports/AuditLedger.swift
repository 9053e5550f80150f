/// What an audit asks of a ledger besides what a run does.
package protocol AuditLedger: Sendable {
    /// The next owners, in order, from after `owner` on.
    func owners(after owner: Owner?, limit: Int) async throws -> [Owner]

    /// An owner's linked rows.
    func linkedRows(of owner: Owner) async throws -> [LinkedRow]
}

/// A linked row, as an audit compares it with Bond's list.
package struct LinkedRow: Sendable, Equatable {
    package let link: Link.ID
    package let linkedAccountID: String
    /// In how many audits in a row Bond's list did not show it.
    package let missedAudits: Int

    package init(link: Link.ID, linkedAccountID: String, missedAudits: Int) {
        self.link = link
        self.linkedAccountID = linkedAccountID
        self.missedAudits = missedAudits
    }
}
