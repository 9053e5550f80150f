/// What a run does with a valid row of its input.
package enum Admission: Sendable, Equatable {
    /// The row is tried.
    case work(Link, Turn)
    /// The row is in doubt and is settled by reconciling, and posted afterwards where that shows it absent.
    case reconcile(Link)
    /// Another worker has the row's owner in hand: this one looks at the row again later.
    case elsewhere(Link)
    /// The row stays as it is in this run.
    case skip
    /// The identity came before in this run, with the same token.
    case duplicate
    /// The identity came before in this run with another token; the first stands.
    case conflict(first: InputPosition)

    /// The row, where it is tried now or once another worker lets go of it.
    package var linkToTry: Link? {
        switch self {
        case .work(let link, _), .elsewhere(let link): link
        default: nil
        }
    }

    /// When in a run a row is tried.
    package enum Turn: Sendable, Equatable {
        /// At once, before new rows: its processor token is there.
        case first
        /// In the order of the input.
        case inOrder
        /// After everything else.
        case last
    }
}

/// The rules by which known rows are tried again.
package struct AdmissionPolicy: Sendable {
    /// When the run began.
    package let now: Timestamp
    /// How long a row that needs a user is left alone.
    package let recheck: Duration
    /// States that are tried again only because the user asked.
    package let retry: Set<RowState>

    package init(now: Timestamp, recheck: Duration, retry: Set<RowState>) {
        self.now = now
        self.recheck = recheck
        self.retry = retry
    }

    /// Whether a known row is tried, settled or left alone; a row whose token changed has been made `pending` before.
    package func verdict(state: RowState, triedAt: Timestamp?, stoppedRun: Bool) -> Verdict {
        switch state {
        case .pending, .retryable: .work(stoppedRun ? .last : .inOrder)
        case .minted: .work(stoppedRun ? .last : .first)
        case .needsUser: needsUserVerdict(triedAt: triedAt)
        case .posting, .inDoubt: .reconcile
        case .rejected, .unlinked, .held: retry.contains(state) ? .work(stoppedRun ? .last : .inOrder) : .skip
        case .linked, .invalid: .skip
        }
    }

    private func needsUserVerdict(triedAt: Timestamp?) -> Verdict {
        guard let triedAt else { return .work(.last) }
        // A clock that was set back must not silence a row for good.
        let age = now.since(triedAt)
        return age >= recheck || age < .zero ? .work(.last) : .skip
    }

    /// What the policy says about one known row.
    package enum Verdict: Sendable, Equatable {
        case work(Admission.Turn)
        case reconcile
        case skip
    }
}
