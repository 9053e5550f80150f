import Domain
import Pacing

/// Lists an owner's accounts for a command that works on links, and says what it means that there is no list.
struct OwnerListing: Sendable {
    /// There is no list.
    struct Missing: Sendable, Equatable {
        /// Whether Bond has answered about this owner; else nothing is known, and another time may bring more.
        let isAnswer: Bool
        let failure: Failure
    }

    private let lister: Reconciler
    private let control: RunControl

    init(tools: RunTools, board: RunBoard, control: RunControl) {
        lister = Reconciler(tools: tools, board: board, control: control)
        self.control = control
    }

    /// Asks for a list; an answer about the set-up stops the command.
    ///
    /// - Throws: `CallGate.Closed` when the command stops.
    func list(_ owner: Owner) async throws -> RemoteCall<[BondAccount]> {
        try await lister.list(owner).withEmptyList
    }

    /// What it means that a call has brought no list.
    func missing(_ call: RemoteCall<[BondAccount]>) async -> Missing {
        let attempt = Attempt(.list, call)
        let status = call.refusal?.status ?? 0
        let why = attempt.message ?? "HTTP \(status)"
        let failure = Failure.removal(attempt.code ?? "listing_failed", "Bond's list cannot be had: \(why)")
        if let refusal = call.refusal, Self.isAboutSetUp(refusal) {
            control.stop(
                .refused("Bond answered \(status) to a list. \(AnswerTable.rule(for: refusal).advice)")
            )
            return Missing(isAnswer: false, failure: failure)
        }
        return Missing(isAnswer: (400...499).contains(status) && status != 408, failure: failure)
    }

    private static func isAboutSetUp(_ refusal: Refusal) -> Bool {
        [401, 403].contains(refusal.status) || (300...399).contains(refusal.status)
            || ["auth_err", "unknown_customer_auth"].contains(refusal.code?.lowercased())
    }
}
