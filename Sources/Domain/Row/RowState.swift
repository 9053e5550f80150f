/// Where a row stands in its life.
package enum RowState: String, Sendable, Hashable, CaseIterable {
    case pending
    case minted
    case posting
    case linked
    case inDoubt = "in_doubt"
    case retryable
    case needsUser = "needs_user"
    case rejected
    case held
    case unlinked
    case invalid
}

/// What is to be done about a row.
package enum RowAction: String, Sendable, Hashable, CaseIterable {
    case none
    case retry
    case updateMode = "update_mode"
    case relink
    case fixIdentity = "fix_identity"
    case fixRow = "fix_row"
    case review
}

extension RowState {
    /// What is to be done about a row in this state when nothing more is known.
    package var usualAction: RowAction {
        switch self {
        case .linked, .posting: .none
        case .pending, .minted, .retryable: .retry
        case .needsUser: .updateMode
        case .rejected, .invalid: .fixRow
        case .inDoubt, .held, .unlinked: .review
        }
    }
}
