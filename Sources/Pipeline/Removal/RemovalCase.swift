import Domain

/// One link on its way from an order to a result.
struct RemovalCase: Sendable {
    /// Where it stands.
    enum Stage: Sendable, Equatable {
        /// Bond has not been asked yet.
        case waiting
        /// The DELETE is to leave.
        case toSend
        /// This came of the DELETE; Bond's list is to tell what it did.
        case toConfirm(RemovalAnswer)
        case ended(RemovalResult.Outcome, Failure?)
    }

    let order: RemovalOrder
    let standing: RemovalStanding
    var stage = Stage.waiting
    /// As Bond listed it before.
    var account: BondAccount?
    var path: RemovalPath?
    /// DELETEs that may have had an effect, and had none by Bond's list.
    var failures = 0

    init(_ order: RemovalOrder, _ standing: RemovalStanding) {
        (self.order, self.standing) = (order, standing)
        if standing.removedAt != nil { stage = .ended(.alreadyRemoved, nil) }
    }

    var isOpen: Bool {
        if case .ended = stage { false } else { true }
    }

    /// What became of it; of one that was cut short, by how far it had come.
    var result: RemovalResult {
        let (outcome, failure): (RemovalResult.Outcome, Failure?) =
            switch stage {
            case .ended(let outcome, let failure): (outcome, failure)
            case .waiting, .toSend: (failures > 0 ? .unsettled : .unreached, nil)
            case .toConfirm(let answer): (.unsettled, answer.failure)
            }
        return RemovalResult(order, outcome, account: account, row: standing.row, failure: failure)
    }

    /// A step of this removal.
    func change(_ step: RemovalChange.Step, at: Timestamp, _ attempt: Attempt? = nil) -> RemovalChange {
        RemovalChange(order, row: standing.row?.link, step, at: at, attempt: attempt)
    }
}

extension RemovalAnswer {
    /// Whether Bond certainly did nothing, and would be sent the same again.
    var isUnprocessed: Bool {
        switch self {
        case .overLimit, .neverSent: true
        default: false
        }
    }

    /// What went wrong, if anything did.
    var failure: Failure? {
        switch self {
        case .accepted, .overLimit: nil
        case .missing(let failure), .unknown(let failure, _), .refused(let failure), .stop(let failure),
            .neverSent(let failure):
            failure
        }
    }
}

extension Failure {
    /// Why relink itself removes nothing, or cannot say that it did.
    static func removal(_ code: String, _ why: String) -> Failure {
        Failure(source: .bond, code: code, message: why)
    }
}
