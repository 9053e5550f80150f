import FoundationEssentials

/// What happened to an Item since its access token was made; with none of it, its token says all.
struct ItemState: Sendable, Codable, Equatable {
    /// The accounts, once somebody has looked at them or changed them.
    var accounts: [ItemAccount]?
    /// The accounts that mints have named before that.
    var named: [String] = []
    /// Why it is broken, where it was broken.
    var errorCode: String?
    /// Whether what its token's number says of its health is over.
    var isHealed = false
    var consentExpiration: Date?
    var isRemoved = false

    /// The accounts now: an id that a mint has named belongs to the Item as long as nobody has looked.
    func accounts(of origin: Fingerprint) -> [ItemAccount] {
        if let accounts { return accounts }
        let usual = (0..<2).map { Fingerprint("account \($0) \(origin.value)").identifier(count: 37) }
        let ids = named + usual.dropFirst(named.count)
        return ids.enumerated().map { ItemAccount.usual(at: $0.offset, id: $0.element) }
    }

    mutating func name(_ accountID: String) {
        guard accounts == nil, !named.contains(accountID) else { return }
        named.append(accountID)
    }

    /// What a finished session in update mode does, or a customer who has been to the bank.
    mutating func heal(at now: Date) {
        errorCode = nil
        isHealed = true
        if consentExpiration != nil { consentExpiration = now.addingTimeInterval(365 * 86_400) }
    }
}
