/// What is left to tell an account by after its id has changed.
package enum Renumbering: String, Sendable, Codable {
    /// Everything else is as it was.
    case persistent
    /// There is no `persistent_account_id` any more; mask, name and subtype are as they were.
    case look
    /// There is no `persistent_account_id` any more, and every account has a twin with its mask, name and subtype.
    case ambiguous

    /// The accounts under new ids, which `makeID` gives.
    func renumbered(_ accounts: [ItemAccount], makeID: () -> String) -> [ItemAccount] {
        let renumbered = accounts.map { account in
            var account = account
            account.id = makeID()
            if self != .persistent { account.persistentID = nil }
            return account
        }
        guard self == .ambiguous else { return renumbered }
        return renumbered.flatMap { account in
            var twin = account
            twin.id = makeID()
            return [account, twin]
        }
    }
}
