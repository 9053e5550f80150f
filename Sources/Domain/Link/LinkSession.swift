/// One time that Plaid Link was opened with a link token (`/link/token/get`).
package struct LinkSession: Sendable {
    /// How it ended.
    package enum Outcome: Sendable {
        /// It goes on, or the customer just left.
        case open
        /// The customer connected a bank, or repaired a connection; of no account where Plaid names none.
        case success([LinkSuccess])
        /// The customer left, maybe after one of Plaid's errors.
        case exit(errorCode: String?)
    }

    package let id: String
    package let outcome: Outcome

    package init(id: String, outcome: Outcome) {
        self.id = id
        self.outcome = outcome
    }
}

/// What became of one customer's time with Plaid Link.
package enum SessionOutcome: String, Sendable, Hashable, CaseIterable {
    /// The customer connected a bank or repaired the connection; its rows are tried.
    case succeeded
    /// The customer was through Link, and the connection does not work all the same.
    case notRepaired = "not_repaired"
    /// The customer left Link; another try is possible while the invitation lasts.
    case exited
    /// The customer has not been there yet, or is there now.
    case waiting
    /// It was collected before.
    case collected
    /// Nobody was invited, or Plaid does not know any more what became of it.
    case notInvited = "not_invited"
    /// Plaid gave no answer; asked again next time.
    case failed
}
