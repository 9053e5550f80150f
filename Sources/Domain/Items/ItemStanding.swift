/// How the Item behind a row was when it was last checked.
package struct ItemStanding: Sendable, Equatable {
    package var itemID: String?
    package var institution: String?
    package var health: ItemHealth
    package var unhealthySince: Timestamp?
    /// When it last began to work again.
    package var repairedAt: Timestamp?
    package var consentExpiresAt: Timestamp?
    package var checkedAt: Timestamp?
    /// What the row's account seems to have as its id now; a person decides.
    package var proposedAccountID: String?
    /// By what it was known again.
    package var proposedBy: String?

    package init(health: ItemHealth) {
        self.health = health
    }
}
