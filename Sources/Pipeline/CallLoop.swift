import Domain
import Pacing

/// Sends one row's call until it has an answer that counts: waits out limits and holds, retries what may be retried.
///
/// Between two tries the row holds no place at the gate.
struct CallLoop<Value: Sendable>: Sendable {
    /// What one answer asks of the loop.
    enum Step: Sendable {
        /// This is what the row came to.
        case end(JourneyEnd)
        /// The API is over its limit or away: the row is sent again, and this was no try.
        case wait
        /// The call is tried again after a wait.
        case retry(connecting: Bool)
    }

    let api: API
    let tools: RunTools
    let board: RunBoard
    let control: RunControl

    /// Runs the loop.
    ///
    /// - Parameters:
    ///   - send: Commits what must be durable before, and makes the call.
    ///   - judge: Commits what the answer means, and says how to go on; it may ask for a retry where it is told so.
    /// - Returns: What the row came to.
    /// - Throws: `CallGate.Closed` when the run stops, and what the ledger throws.
    func run(
        send: @Sendable () async throws -> RemoteCall<Value>,
        judge: @Sendable (RemoteCall<Value>, _ mayRetry: Bool) async throws -> Step
    ) async throws -> JourneyEnd {
        var failures = 0
        while true {
            let (call, step, trouble) = try await pass(failures: failures, send, judge)
            if board.failedConnections(api) >= Self.hopeless { await giveUp() }
            switch step {
            case .end(let end): return end
            case .wait: try await checkPatience(trouble, call)
            case .retry(let connecting):
                failures += 1
                let delay = tools.settings.retries.delay(
                    after: failures,
                    connecting: connecting,
                    jitter: tools.jitter()
                )
                try await tools.clock.sleep(delay)
            }
        }
    }

    /// Sends one call through the gate.
    ///
    /// After a success the place is free at once. After anything else it is free when the meaning has been committed,
    /// so that a stop takes hold before the next call leaves.
    private func pass(
        failures: Int,
        _ send: @Sendable () async throws -> RemoteCall<Value>,
        _ judge: @Sendable (RemoteCall<Value>, _ mayRetry: Bool) async throws -> Step
    ) async throws -> (RemoteCall<Value>, Step, trouble: Duration) {
        let gate = tools.gate(api)
        try await gate.enter(retry: failures > 0)
        let call = try await freeing(gate) { try await send() }
        board.count(call, to: api)
        let trouble = await gate.heed(feedback(call))
        if case .success = call.reply {
            await gate.free()
            return (call, try await judge(call, false), trouble)
        }
        let isTryLeft = failures + 1 < tools.settings.retries.tries
        let mayRetry = isTryLeft && mayPass(call) ? await gate.mayRetry() : false
        let step = try await freeing(gate) { try await judge(call, mayRetry) }
        await gate.free()
        return (call, step, trouble)
    }

    /// Gives the place back if `body` throws.
    private func freeing<Result>(_ gate: CallGate, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            await gate.free()
            throw error
        }
    }

    /// Whether another try may bring another answer, and does no harm: at Bond only where nothing was sent.
    private func mayPass(_ call: RemoteCall<Value>) -> Bool {
        switch call.reply {
        case .success: false
        case .refusal(let refusal): api == .plaid && AnswerTable.rule(for: refusal).meaning == .transient
        case .unusable, .lost: api == .plaid
        case .neverSent: true
        }
    }

    /// Connections to an API never reached after which a run ends: each row would only fail like the one before.
    private static var hopeless: Int { 20 }

    private func giveUp() async {
        guard let why = board.unreached(api) else { return }
        await control.stop(.unavailable("\(api.name) cannot be reached: \(why)"))
    }

    /// Ends the run when the API asks for more time than a run waits, or has been away for so long.
    private func checkPatience(_ trouble: Duration, _ call: RemoteCall<Value>) async throws {
        var asked = Duration.zero
        if case .refusal(let refusal) = call.reply { asked = refusal.retryAfter ?? .zero }
        guard max(asked, trouble) > tools.settings.patience else { return }
        let why = asked > trouble ? "asks to be left alone for \(asked)" : "has served nothing for \(trouble)"
        await control.stop(.unavailable("\(api.name) \(why). Run again later."))
        throw CallGate.Closed()
    }

    private func feedback(_ call: RemoteCall<Value>) -> CallGate.Feedback {
        guard case .refusal(let refusal) = call.reply else {
            if case .success = call.reply { return .served }
            return .failed
        }
        return switch AnswerTable.rule(for: refusal).meaning {
        case .rateLimited: .overLimit(retryAfter: refusal.retryAfter)
        case .maintenance: .overLimit(retryAfter: refusal.retryAfter)
        case .settle(.needsUser, _): .served
        default: .failed
        }
    }
}
