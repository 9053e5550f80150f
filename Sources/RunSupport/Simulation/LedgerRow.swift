import Domain
import GRDB

/// A row of the table `links` as the judge sees it, from a connection of its own.
struct LedgerRow: Equatable, Sendable {
    static let columns = """
        id, owner_kind, owner_id, account_id, state, token IS NOT NULL AS sealed, intent_at, attempts, orphans, \
        mint_sent_at IS NOT NULL AS minting, linked_account_id, error_code, evidence
        """

    let id: Link.ID
    let identity: Identity
    let state: String
    let hasToken: Bool
    let intentAt: Int64?
    let attempts: Int
    let orphans: Int
    let isMinting: Bool
    let linkedAccountID: String?
    let code: String?
    let evidence: String?

    init(_ row: Row) {
        id = row[0]
        let kind: String = row[1]
        identity = Identity(
            owner: Owner(kind: kind == "customer" ? .customer : .business, id: row[2]),
            accountID: row[3]
        )
        state = row[4]
        hasToken = row[5]
        intentAt = row[6]
        attempts = row[7]
        orphans = row[8]
        isMinting = row[9]
        linkedAccountID = row[10]
        code = row[11]
        evidence = row[12]
    }
}
