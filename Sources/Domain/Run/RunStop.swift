/// Why a run ends before its work is done.
package enum RunStop: Sendable, Equatable {
    /// Credentials or set-up were refused; the text says by whom and what to do.
    case refused(String)
    /// A service is down or asks to be left alone for long.
    case unavailable(String)
    /// `--limit` rows have been attempted.
    case limit
    /// `--sample` left rows out.
    case sampled
    /// `--max-duration` has passed.
    case deadline
    /// `--halt-on` was reached; the text gives the figures.
    case halted(String)
    /// `relink control stop` asked for it.
    case told
    /// A signal asked for it.
    case interrupted(signal: Int32)
    /// The input cannot be read on, or has too few rows; the text says which.
    case unusableInput(String)
    /// The ledger or a report cannot be written.
    case unwritable(String)

    /// Whether whoever started the run set this end.
    package var isPlanned: Bool {
        switch self {
        case .limit, .sampled, .deadline: true
        default: false
        }
    }

    /// Which of several stops gives the exit code: 74 before 77, 130/143, 75, 65 and 4.
    package var rank: Int {
        switch self {
        case .unwritable: 0
        case .refused: 1
        case .interrupted, .told: 2
        case .unavailable: 3
        case .unusableInput: 4
        case .limit, .sampled, .deadline, .halted: 5
        }
    }
}
