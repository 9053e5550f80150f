package import FoundationEssentials
import Synchronization

extension World {
    /// The accounts of an access token's Item as they are now, without looking at them as a call of Plaid's does.
    package func accounts(of accessToken: String) -> [ItemAccount] {
        item(accessToken).accounts
    }

    /// Breaks an Item with one of Plaid's codes; throws where the code is not in the catalogue.
    package func breakItem(_ accessToken: String, with code: String = "ITEM_LOGIN_REQUIRED") throws {
        guard PlaidProblemTable.problem(code) != nil else { throw AdminProblem("\(code) is no error code of Plaid's") }
        try changeItem(accessToken) { $0.errorCode = code }
    }

    /// Makes an Item well again, whatever its token's number says of it.
    package func healItem(_ accessToken: String) throws {
        let now = environment.now()
        try changeItem(accessToken) { $0.heal(at: now) }
    }

    /// Says when the customer's consent ends; nil is never.
    package func setConsentExpiration(_ date: Date?, of accessToken: String) throws {
        try changeItem(accessToken) { $0.consentExpiration = date }
    }

    /// Replaces an Item's accounts; from then on mints of other ids are refused.
    package func setAccounts(_ accounts: [ItemAccount], of accessToken: String) throws {
        try changeItem(accessToken) { $0.accounts = accounts }
    }

    /// Gives every account of an Item a new id, and gives back the accounts as they are then.
    ///
    /// - Parameters:
    ///   - accessToken: The Item's.
    ///   - renumbering: What is left to tell the accounts by.
    ///   - formerIDs: Ids that shall have been the Item's own before, where no mint has named them yet.
    /// - Returns: The accounts under their new ids, in their order.
    /// - Throws: What keeps the journal from being written.
    @discardableResult
    package func renumberAccounts(
        of accessToken: String,
        as renumbering: Renumbering = .persistent,
        knownAs formerIDs: [String] = []
    ) throws -> [ItemAccount] {
        let origin = Fingerprint(accessToken)
        return try changeItem(accessToken) { item in
            for id in formerIDs { item.name(id) }
            item.accounts = renumbering.renumbered(item.accounts(of: origin)) {
                Fingerprint(environment.makeText()).identifier(count: 37)
            }
        }
        .accounts
    }

    /// Removes an Item, as `/item/remove` does: its access token and its processor tokens are dead.
    package func removeItem(_ accessToken: String) throws {
        try changeItem(accessToken) { $0.isRemoved = true }
    }

    func item(_ accessToken: String) -> PlaidItem {
        state.withLock { PlaidItem(accessToken, $0.item(Fingerprint(accessToken))) }
    }

    /// Records the edit, unless it changes nothing.
    @discardableResult
    func changeItem(_ accessToken: String, _ edit: (inout ItemState) throws -> Void) throws -> PlaidItem {
        try state.withLock { state in
            let origin = Fingerprint(accessToken)
            var item = state.item(origin)
            try edit(&item)
            if item != state.item(origin) { try state.record(.item(origin: origin, state: item)) }
            return PlaidItem(accessToken, item)
        }
    }

    /// The Item for a look at its accounts, which are fixed from then on.
    func lookAtAccounts(of accessToken: String) throws -> PlaidItem {
        let origin = Fingerprint(accessToken)
        return try changeItem(accessToken) { item in
            if item.accounts == nil { item.accounts = item.accounts(of: origin) }
        }
    }

    /// Notes that a mint named an account although it came to nothing.
    func name(_ accountID: String, of accessToken: String) throws {
        try changeItem(accessToken) { $0.name(accountID) }
    }
}
