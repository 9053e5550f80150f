package import FoundationEssentials

/// A link token and what came of it.
package struct LinkTokenRecord: Sendable, Codable {
    /// What Link is opened with.
    package let token: String
    /// When it was made.
    package let created: Date
    /// From when on Link refuses it.
    package let expires: Date
    /// The Item to repair, for which its access token stands; nil makes a new one.
    let origin: Fingerprint?
    /// The `client_user_id`, or the `user_id` where there is none.
    package let userID: String
    /// Where a bank's page sends the customer back to.
    package let redirectURI: String?
    /// Where the hosted page sends the customer afterwards.
    package let completionURI: String?
    /// Where the webhook goes.
    package let webhook: String?
    /// The part of the hosted page's address that nobody can guess; nil where it is not hosted.
    let hostedID: String?
    /// The subtypes that accounts are offered of; none is no filter.
    let subtypes: [String]
    /// What `/link/token/get` tells of the request.
    let metadata: JSON
    /// The times that Link was opened with it, the oldest first.
    package internal(set) var sessions: [LinkSession] = []

    /// Whether it repairs an Item.
    package var isUpdate: Bool { origin != nil }

    /// Whether a session has succeeded, after which Link refuses it.
    var isUsed: Bool { sessions.contains { $0.publicToken != nil } }

    /// The accounts of a new Item, as the filter has them.
    func offeredAccounts(for session: LinkSession) -> [ItemAccount] {
        let accounts = (0..<2).map {
            ItemAccount.usual(at: $0, id: Fingerprint("account \($0) \(session.id)").identifier(count: 37))
        }
        guard let first = subtypes.first, !subtypes.contains("all") else { return accounts }
        let fitting = accounts.filter { subtypes.contains($0.subtype) }
        guard fitting.isEmpty else { return fitting }
        var account = accounts[0]
        (account.subtype, account.name) = (first, "Plaid \(first)")
        return [account]
    }
}

/// What an exchange turns into an access token, once.
struct PublicToken: Sendable, Codable {
    static let lifetime = 1800.0

    let token: String
    let made: Date
    /// The accounts of the session that it came from.
    var accounts: [ItemAccount]?
    /// Whether the Item had its access token before; there is nothing to exchange then.
    var isForUpdate = false
    var isSpent = false
}
