/// What a command that invites customers did, for scripts (`--json`) and for the last lines on the screen.
package struct InvitationSummary: Sendable {
    /// What became of one line.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case made
        case stillGood = "still_good"
        case failed
        case leftOut = "left_out"
        case duplicate
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
    package var calls = RunSummary.Calls()
    /// Why it ended early.
    package var stop: RunStop?
    /// The file with the invitations; nothing where they went to standard output.
    package var output: String?
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
        let isWhole = outcomes[.failed, default: 0] + outcomes[.invalid, default: 0] == 0
        return isWhole ? RunVerdict(outcome: .done, exitCode: 0) : RunVerdict(outcome: .rowsFailed, exitCode: 1)
    }
}
