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

    /// Asks, and takes the answer in before the next call leaves.
    ///
    /// - Parameters:
    ///   - send: Makes the call.
    ///   - take: Commits what the answer that counts means; the second value is the request's id.
    /// - Returns: What `take` returns.
    /// - Throws: `CallGate.Closed` after a stop, what `take` throws, and what the ledger throws.
    func ask<Result: Sendable>(
        _ send: @Sendable () async -> RemoteCall<Value>,
        take: @Sendable (Answer, String?) async throws -> Result
    ) async throws -> Result {
        let result = Mutex<Result?>(nil)
        _ = try await loop.run {
            await loop.tools.plaidGate.depart()
            return await send()
        } judge: { call, mayRetry in
            let (answer, isPassing, isConnecting) = Self.answer(call)
            if case .refused(_, let rule) = answer, [.rateLimited, .maintenance].contains(rule.meaning) {
                return .wait
            }
            if isPassing, mayRetry { return .retry(connecting: isConnecting) }
            let taken = try await take(answer, call.requestID)
            result.withLock { $0 = taken }
            return .end(.unreached)
        }
        guard let result = result.withLock({ $0 }) else { throw CallGate.Closed() }
        return result
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
