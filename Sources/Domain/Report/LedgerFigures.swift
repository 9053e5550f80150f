/// A ledger in figures, all of one moment, for a page that shows it.
package struct LedgerFigures: Sendable, Equatable {
    /// How many of the last runs the history has.
    package static let runLimit = 30
    /// How many different errors there are at most.
    package static let errorLimit = 20
    /// How many rows of each state are shown.
    package static let rowLimit = 10

    /// The rows by state, the newest run's invalid ones included.
    package var states: [RowState: Int] = [:]
    /// Processor tokens that Plaid made and nobody uses.
    package var orphanTokens = 0
    /// The most frequent errors, the most frequent first.
    package var errors: [ErrorCount] = []
    /// How many different errors there are in all.
    package var errorKinds = 0
    /// The last runs, the newest first.
    package var runs: [RunOnRecord] = []
    /// Whether the ledger is of a version that keeps what runs came to.
    package var keepsHistory = true
    /// The calls of one run; nothing where none has made any.
    package var calls: CallFigures?
    /// The first rows of each state that needs somebody.
    package var lists: [RowState: [ReportRow]] = [:]

    /// Makes the figures of an empty ledger.
    package init() {}
}

extension RowState {
    /// Whether a row in this state asks something of somebody.
    package var needsSomebody: Bool {
        switch self {
        case .inDoubt, .retryable, .needsUser, .rejected, .held, .unlinked, .invalid: true
        case .pending, .minted, .posting, .linked: false
        }
    }
}
