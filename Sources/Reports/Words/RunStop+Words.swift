import Domain

extension RunStop {
    /// Why the run ended early and what to do about it.
    var inWords: String {
        switch self {
        case .refused(let why), .unwritable(let why): why
        case .unusableInput(let why): why + "; what was done with its rows is kept"
        case .unavailable(let why): why + "; everything done is kept, run again later"
        case .limit: "--limit rows have been attempted; the same command goes on from here"
        case .sampled: "only a --sample of the rows was attempted; the command without it goes on from here"
        case .told: "`relink control stop`; everything done is kept, the same command goes on"
        case .deadline: "--max-duration has passed; the same command goes on from here"
        case .halted(let figures): "--halt-on was reached (\(figures)); look at the errors before going on"
        case .interrupted(let signal): "\(Self.name(of: signal)); everything done is kept, the same command goes on"
        }
    }

    private static func name(of signal: Int32) -> String {
        switch signal {
        case 1: "SIGHUP"
        case 2: "SIGINT (Ctrl-C)"
        case 15: "SIGTERM"
        default: "signal \(signal)"
        }
    }
}
