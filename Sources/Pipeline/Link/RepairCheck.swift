import Domain
import Pacing

/// Looks whether a connection works again, after its customer has been through Link.
struct RepairCheck: Sendable {
    /// What Plaid says of it.
    enum Verdict: Sendable {
        case works
        case broken(Failure)
        /// No answer that says anything.
        case unknown
    }

    private let tools: RunTools
    private let control: RunControl
    private let items: any ItemLedger
    private let reader: PlaidAsker<ItemReading>

    init(tools: RunTools, board: RunBoard, control: RunControl, rates: RateKeeper, items: any ItemLedger) {
        (self.tools, self.control, self.items) = (tools, control, items)
        reader = PlaidAsker(tools: tools, board: board, control: control, rates: rates)
    }

    /// Asks about the Item of a row, and keeps what is said; a row that waited for it is tried by the next run at once.
    ///
    /// - Throws: `CallGate.Closed` after a stop, and what the ledger throws.
    func check(_ row: InputRow) async throws -> Verdict {
        let policy = ItemPolicy(now: tools.now(), olderThan: .zero, consentWithin: .zero, once: false)
        let admission = try await items.admit([row], policy: policy).first
        return try await reader.ask {
            await tools.plaid.getItem(accessToken: row.credential.secret)
        } take: { answer, requestID in
            switch answer {
            case .value(let reading):
                let health = ItemHealth(reading, now: tools.now(), consentWithin: .zero)
                try await keep(.read(reading), admission, policy, requestID)
                return health.failure.map { .broken($0) } ?? .works
            case .refused(let refusal, let rule):
                if rule.meaning == .stop {
                    control.stop(.refused(rule.stopMessage(refusal)))
                    return .unknown
                }
                guard case .settle = rule.meaning else { return .unknown }
                try await keep(.refused(refusal), admission, policy, requestID)
                return .broken(Failure(refusal, code: rule.reportedCode))
            case .none: return .unknown
            }
        }
    }

    /// A row that the ledger does not have yet has no Item there either.
    private func keep(
        _ finding: ItemFinding,
        _ admission: ItemAdmission?,
        _ policy: ItemPolicy,
        _ requestID: String?
    ) async throws {
        guard case .check(let item, _) = admission else { return }
        _ = try await items.commit(finding, of: item, policy: policy, requestID: requestID, at: tools.now())
    }
}
