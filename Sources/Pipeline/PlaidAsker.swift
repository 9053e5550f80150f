import Domain
import Pacing
import Synchronization

/// Asks Plaid something that may be asked again: as often as it takes to get an answer that counts.
struct PlaidAsker<Value: Sendable>: Sendable {
    /// What came of it.
    enum Answer: Sendable {
        case value(Value)
        /// Plaid will not, and says why.
        case refused(Refusal, AnswerRule)
        /// No answer that says anything.
        case none(Failure)
    }

    private let loop: CallLoop<Value>

    init(tools: RunTools, board: RunBoard, control: RunControl, rates: RateKeeper) {
        loop = CallLoop(api: .plaid, tools: tools, board: board, control: control, rates: rates)
    }

    /// Asks.
    ///
    /// - Parameter send: Makes the call.
    /// - Returns: The answer that counts, and the request's id.
    /// - Throws: `CallGate.Closed` after a stop, and what `RateKeeper` throws.
    func ask(_ send: @Sendable () async -> RemoteCall<Value>) async throws -> (answer: Answer, requestID: String?) {
        let last = Mutex<(answer: Answer, requestID: String?)>((.none(.network("no_answer", "none came")), nil))
        _ = try await loop.run {
            await loop.tools.plaidGate.depart()
            return await send()
        } judge: { call, mayRetry in
            let (answer, isPassing, isConnecting) = Self.answer(call)
            if case .refused(_, let rule) = answer, [.rateLimited, .maintenance].contains(rule.meaning) { return .wait }
            if isPassing, mayRetry { return .retry(connecting: isConnecting) }
            last.withLock { $0 = (answer, call.requestID) }
            return .end(.unreached)
        }
        return last.withLock { $0 }
    }

    private static func answer(_ call: RemoteCall<Value>) -> (Answer, isPassing: Bool, isConnecting: Bool) {
        switch call.reply {
        case .success(let value): return (.value(value), false, false)
        case .refusal(let refusal):
            let rule = AnswerTable.rule(for: refusal)
            return (.refused(refusal, rule), rule.meaning == .transient, false)
        case .neverSent(let why): return (.none(.network("no_connection", why)), true, true)
        case .lost(let why): return (.none(.network("no_answer", why)), true, false)
        case .unusable(_, let why): return (.none(.network("unusable_answer", why)), true, false)
        }
    }
}
