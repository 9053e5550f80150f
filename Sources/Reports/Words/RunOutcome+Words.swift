import Domain

extension RunOutcome {
    /// How the run ended, in words.
    var inWords: String {
        switch self {
        case .done: "done, every row is linked or there was nothing to do"
        case .rowsFailed: "finished, but some rows are not linked"
        case .needsAttention: "finished, but some rows need a user or are in doubt"
        case .limit: "stopped by --limit or --sample with work left"
        case .halted: "stopped by --halt-on with work left"
        case .deadline: "stopped by --max-duration with work left"
        case .interrupted: "interrupted with work left"
        case .unavailable: "stopped, a service is down"
        case .refused: "stopped, credentials or integration were refused"
        case .locked: "not run, the ledger is in use by another run"
        case .misconfigured: "not run, the configuration is bad"
        case .unusableInput: "the input cannot be used"
        case .unwritable: "stopped, the ledger or a report cannot be written"
        }
    }
}
