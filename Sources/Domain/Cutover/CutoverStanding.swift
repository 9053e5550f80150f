/// What the ledger has of a customer whose old links are to go.
package struct CutoverStanding: Sendable, Equatable {
    /// A row that is linked.
    package struct Row: Sendable, Equatable {
        package let accountID: String
        package let reference: String?
        package let linkedAccountID: String

        package init(accountID: String, reference: String?, linkedAccountID: String) {
            (self.accountID, self.reference, self.linkedAccountID) = (accountID, reference, linkedAccountID)
        }
    }

    /// The linked rows.
    package let rows: [Row]
    /// How many others there are.
    package let openRows: Int
    /// Whether one of them is in doubt: a link that no row has may be its.
    package let isInDoubt: Bool

    package init(rows: [Row], openRows: Int = 0, isInDoubt: Bool = false) {
        self.rows = rows
        self.openRows = openRows
        self.isInDoubt = isInDoubt
    }

    /// What Bond's list says about the customer.
    ///
    /// - Parameters:
    ///   - owner: The customer.
    ///   - listed: Bond's list.
    ///   - owned: The listed ids, by either name, that rows of the ledger have, whatever their states.
    /// - Returns: Its old links, or why they stay.
    package func outcome(_ owner: Owner, listed: [BondAccount], owned: Set<String>) -> CutoverOutcome {
        let old = listed.filter { account in
            !account.isRemoved && !owned.contains(account.linkedAccountID)
                && !(account.accountID.map(owned.contains) ?? false)
        }
        guard !old.isEmpty else { return .nothing }
        if isInDoubt { return .notReady("a row is in doubt, and an unknown link may be its: relink reconcile first") }
        let accounts = Dictionary(listed.map { ($0.linkedAccountID, $0) }, uniquingKeysWith: { first, _ in first })
        let new = rows.compactMap { row in
            accounts[row.linkedAccountID].flatMap { account in
                account.isUsable && !account.isRemoved
                    ? CutoverLink(account: account, accountID: row.accountID, reference: row.reference) : nil
            }
        }
        guard !new.isEmpty else { return .notReady(notUsable(accounts)) }
        return .rows(
            old.map { old in
                let comparison = CutoverComparison(old, with: new)
                return CutoverRow(
                    owner: owner,
                    old: old,
                    new: comparison.new,
                    match: comparison.match,
                    reason: comparison.reason,
                    openRows: openRows
                )
            }
        )
    }

    private func notUsable(_ accounts: [String: BondAccount]) -> String {
        let what = rows.prefix(3).map { row in
            guard let account = accounts[row.linkedAccountID] else { return "\(row.linkedAccountID) is not listed" }
            let status = [account.status ?? "no status", account.verificationStatus ?? "not verified"]
            return "\(row.linkedAccountID) is \(status.joined(separator: ", "))"
        }
        return "no new link is usable: " + what.joined(separator: "; ")
    }
}

/// What a plan has to say of a customer.
package enum CutoverOutcome: Sendable, Equatable {
    /// There is no old link.
    case nothing
    /// Its old links stay for now, for this reason.
    case notReady(String)
    /// Its old links.
    case rows([CutoverRow])
    /// Bond gives no list for it, and says so.
    case noList(Failure)
    /// Bond was away, or the command was stopped.
    case unreached
}
