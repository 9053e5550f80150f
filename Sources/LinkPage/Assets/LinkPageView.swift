/// What a customer can be shown, one thing at a time.
package enum LinkPageView: String, Sendable, CaseIterable {
    case loading
    case readyUpdateMode = "ready_update_mode"
    case readyFirstTime = "ready_first_time"
    case opening
    case atBank = "at_bank"
    case sending
    case working
    case done
    case left
    case leftError = "left_error"
    case expired
    case later
    case blocked
    case away
    case failedNotRepaired = "failed_not_repaired"
    case failedIdentityMismatch = "failed_identity_mismatch"
    case failedUnavailable = "failed_unavailable"
    case failedUnsettled = "failed_unsettled"
    case failedRefused = "failed_refused"
    case closedNotRepaired = "closed_not_repaired"
    case closedIdentityMismatch = "closed_identity_mismatch"
    case closedUnavailable = "closed_unavailable"
    case closedUnsettled = "closed_unsettled"
    case closedRefused = "closed_refused"
    case gone
    case lost
    case busy

    /// How it looks: something to do, something going on, a good end, or trouble.
    enum Mood: String {
        case ask
        case wait
        case good
        case bad
    }

    var mood: Mood {
        switch self {
        case .readyUpdateMode, .readyFirstTime, .left, .expired, .lost: .ask
        case .loading, .opening, .atBank, .sending, .working, .away, .later, .busy: .wait
        // Nothing has gone wrong as far as anybody knows.
        case .failedUnsettled, .closedUnsettled: .wait
        case .done: .good
        default: .bad
        }
    }

    /// Whether something goes on that ends without the customer.
    var isMoving: Bool {
        [.loading, .opening, .sending, .working, .away].contains(self)
    }

    /// What only an answer shows that has no script.
    static let fixed: [LinkPageView] = [.busy]
}
