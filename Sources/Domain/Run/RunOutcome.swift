/// How a run ended, in one word; the raw value is the summary's `outcome`.
package enum RunOutcome: String, Sendable, Hashable, CaseIterable {
    case done
    case rowsFailed = "rows_failed"
    case needsAttention = "needs_attention"
    case limit
    case halted
    case deadline
    case interrupted
    case unavailable
    case refused
    case locked
    case misconfigured
    case unusableInput = "unusable_input"
    case unwritable
}

/// A run's outcome with the exit code that tells it to scripts.
package struct RunVerdict: Sendable, Equatable {
    package let outcome: RunOutcome
    package let exitCode: Int32

    package init(outcome: RunOutcome, exitCode: Int32) {
        self.outcome = outcome
        self.exitCode = exitCode
    }

    /// The verdict on a run.
    ///
    /// - Parameters:
    ///   - stop: What ended the run early.
    ///   - states: The rows of this input by state, skipped and invalid ones included.
    package init(stop: RunStop?, states: [RowState: Int]) {
        func some(_ wanted: RowState...) -> Bool { wanted.contains { states[$0, default: 0] > 0 } }
        switch stop {
        case .unwritable: self.init(outcome: .unwritable, exitCode: 74)
        case .refused: self.init(outcome: .refused, exitCode: 77)
        case .interrupted(let signal): self.init(outcome: .interrupted, exitCode: 128 + signal)
        // As if somebody had typed Ctrl-C.
        case .told: self.init(outcome: .interrupted, exitCode: 130)
        case .unavailable: self.init(outcome: .unavailable, exitCode: 75)
        case .unusableInput: self.init(outcome: .unusableInput, exitCode: 65)
        case .limit, .sampled: self.init(outcome: .limit, exitCode: 4)
        case .deadline: self.init(outcome: .deadline, exitCode: 4)
        case .halted: self.init(outcome: .halted, exitCode: 4)
        case nil where some(.needsUser, .inDoubt, .posting): self.init(outcome: .needsAttention, exitCode: 3)
        case nil where some(.rejected, .invalid, .retryable, .held, .unlinked, .pending, .minted):
            self.init(outcome: .rowsFailed, exitCode: 1)
        case nil: self.init(outcome: .done, exitCode: 0)
        }
    }
}
