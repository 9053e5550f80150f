import Domain

extension LinkChange.Event {
    /// The kind of the event.
    var name: String {
        switch self {
        case .exchangeSent: "exchange sent"
        case .exchanged: "exchanged"
        case .exchangeFound: "exchange found"
        case .exchangeFailed: "exchange failed"
        case .mintSent: "mint sent"
        case .minted: "minted"
        case .mintFailed(let orphaned): "mint failed\(orphaned ? ", orphan" : "")"
        case .settled(let settlement, _): "settled \(settlement.state)"
        case .tokenDiscarded: "token discarded"
        case .intent: "intent"
        case .intentClosed(let left): "intent closed\(left ? "" : ", unsent")"
        case .linked(let account, _): "linked \(account.linkedAccountID)"
        case .postSettled(let settlement): "post settled \(settlement.state)"
        case .inDoubt(let failure, _): "in doubt \(failure.code)"
        case .stillInDoubt(let failure): "still in doubt \(failure.code)"
        case .provenAbsent: "proven absent"
        case .reopened: "reopened"
        case .stoppedRun: "stopped run"
        case .unlinked: "unlinked"
        case .missedByAudit: "missed by audit"
        case .seenByAudit: "seen by audit"
        case .noted: "noted"
        }
    }
}
