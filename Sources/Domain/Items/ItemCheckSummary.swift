/// What checking Items came to, for scripts (`--json`) and for the last lines on the screen.
package struct ItemCheckSummary: Sendable {
    /// What became of one line.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case healthy
        /// It did not work before and works now.
        case repaired
        /// Somebody has to do something.
        case unhealthy
        /// The bank has trouble that passes.
        case troubled
        /// Plaid gave no answer that says anything about it.
        case failed
        /// It was checked not long ago, and worked.
        case checkedBefore = "checked_before"
        /// Another line has the same Item.
        case sameItem = "same_item"
        case leftOut = "left_out"
        case invalid
        /// The command was stopped before.
        case unreached
    }

    package var runID: String
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    /// The ledger's absolute path.
    package var ledger: String
    /// How many lines came to what.
    package var outcomes: [Outcome: Int] = [:]
    /// Rows whose account seems to have a new id, in the whole ledger.
    package var proposals = 0
    package var calls = RunSummary.Calls()
    /// Why it ended early.
    package var stop: RunStop?
    /// The command to type now; nothing at exit 0.
    package var next: String?

    package init(runID: String, startedAt: Timestamp, ledger: String) {
        self.runID = runID
        self.startedAt = startedAt
        finishedAt = startedAt
        self.ledger = ledger
    }

    /// How it ended.
    package var verdict: RunVerdict {
        if let stop { return RunVerdict(stop: stop, states: [:]) }
        if outcomes[.unhealthy, default: 0] > 0 { return RunVerdict(outcome: .needsAttention, exitCode: 3) }
        let isWhole = outcomes[.failed, default: 0] + outcomes[.invalid, default: 0] == 0
        return isWhole ? RunVerdict(outcome: .done, exitCode: 0) : RunVerdict(outcome: .rowsFailed, exitCode: 1)
    }
}
