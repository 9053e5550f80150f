/// In which of the forms that Bond has published a link is removed; the raw value is the setting's.
package enum RemovalForm: String, Sendable, Hashable, CaseIterable {
    /// `DELETE /api/v0/accounts/LINK` with a body that says what it is, as Bond's own SDK does.
    case sdk
    /// `DELETE /api/v0.1/accounts/LINK` without a body, as Bond's guide does.
    case guide
    /// `DELETE /api/v0/accounts/CARD/external_accounts/LINK`, of the oldest samples: under a card account.
    case card

    /// The form with all that its address needs; nothing where that is a card account and there is none.
    package func path(cardAccount: String?) -> RemovalPath? {
        switch self {
        case .sdk: .sdk
        case .guide: .guide
        case .card: cardAccount.map { .card(account: $0) }
        }
    }
}

/// A form of removal with all that its address needs besides the link.
package enum RemovalPath: Sendable, Hashable {
    case sdk
    case guide
    case card(account: String)
}
