/// A connection to a bank as the ledger knows it: by the fingerprint of its access token.
package enum Item {
    package typealias ID = Int64
}

/// Which Items are checked.
package struct ItemPolicy: Sendable {
    package let now: Timestamp
    /// Those that were last checked so long ago, or never.
    package let olderThan: Duration
    /// How long before its end a consent is to be renewed.
    package let consentWithin: Duration

    package init(now: Timestamp, olderThan: Duration, consentWithin: Duration) {
        self.now = now
        self.olderThan = olderThan
        self.consentWithin = consentWithin
    }
}

/// What is to be done about one line.
package enum ItemAdmission: Sendable, Equatable {
    /// Its Item is to be checked, with this access token.
    case check(Item.ID, Secret)
    /// Its Item was checked not long ago.
    case known(isGood: Bool)
    /// Its Item came before.
    case sameItem
    /// The ledger does not have the row, or not as one whose connection matters.
    case leftOut
}

/// What Plaid said of an Item.
package enum ItemFinding: Sendable {
    case read(ItemReading)
    /// The Item cannot be read: it is gone, or the token is.
    case refused(Refusal)
    /// The accounts it has now.
    case accounts([PlaidAccount])
}

/// What became of an Item once that was committed.
package struct ItemVerdict: Sendable, Equatable {
    package let outcome: ItemCheckSummary.Outcome
    /// Whether it is to be asked for its accounts, to know them again or to find one that has a new id.
    package let asksAccounts: Bool

    package init(outcome: ItemCheckSummary.Outcome, asksAccounts: Bool) {
        self.outcome = outcome
        self.asksAccounts = asksAccounts
    }
}
