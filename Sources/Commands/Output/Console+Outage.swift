import Ledger

extension Console {
    /// Says that a run waits for its ledger's server, so that nobody takes it for one that hangs.
    static func tell(_ outage: ServerOutage) {
        switch outage {
        case .began(let why, let patience):
            tell(
                "relink: nothing more is sent for now. \(why) It is tried again for "
                    + "\(patience.components.seconds) s.",
                event: .waitingForServer,
                isTimed: true
            )
        case .ended(let after):
            let seconds = (after / .milliseconds(100)).rounded() / 10
            tell(
                "relink: the ledger's server is back, after \(seconds) s; the run goes on.",
                event: .serverBack,
                isTimed: true
            )
        }
    }
}
