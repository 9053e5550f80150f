/// What an answer asks of a run and of its row.
package enum AnswerMeaning: Sendable, Equatable {
    /// The row rests in this state with this action.
    case settle(RowState, RowAction)
    /// May pass: the row is tried again a few times, then rests as `retryable`.
    case transient
    /// The API is over its limit: it waits, the row is sent again and loses no try.
    case rateLimited
    /// The API is away on purpose: it is held; the run ends with 75 if that lasts.
    case maintenance
    /// It is about the set-up, not the row: the run stops, the row keeps its state.
    case stop
    /// Bond may or may not have made the link.
    case doubt
    /// Bond says it has this account already: a person looks.
    case duplicate
    /// Bond does not take the processor token: it is thrown away, and made anew once if it was an old one.
    case tokenRefused
    /// Nobody has documented it: `retryable` for three runs, then `rejected`.
    case unknown

    /// The state a row is left in by this answer alone; nothing where it keeps the one it has.
    package var state: RowState? {
        switch self {
        case .settle(let state, _): state
        case .transient, .unknown: .retryable
        case .doubt, .duplicate: .inDoubt
        case .tokenRefused: .rejected
        case .rateLimited, .maintenance, .stop: nil
        }
    }

    /// The action that goes with the state.
    package var action: RowAction {
        switch self {
        case .settle(_, let action): action
        case .transient, .unknown, .rateLimited, .maintenance: .retry
        case .doubt, .duplicate: .review
        case .tokenRefused: .fixRow
        case .stop: .none
        }
    }

    /// One word for how the run handles it, as `relink errors` prints it.
    package var handling: String {
        switch self {
        case .settle: "settled"
        case .transient: "tried_again"
        case .rateLimited: "api_waits"
        case .maintenance: "api_held"
        case .stop: "run_stops"
        case .doubt: "reconciled"
        case .duplicate: "reviewed"
        case .tokenRefused: "minted_anew"
        case .unknown: "three_runs"
        }
    }
}
