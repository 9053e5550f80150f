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
    let rates: RateKeeper
    /// A harmless call that shows whether the API is back, where there is one: no row is put at risk for it.
    var probe: (@Sendable () async -> CallGate.Feedback)?

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
        var turn = Turn()
        while true {
            let pass = try await pass(turn, send, judge)
            let isOver = patience.isOver(api, pass.health, asked: pass.call.refusal?.retryAfter)
            if case .end(let end) = pass.step { return end }
            if case .wait = pass.step { try await rates.keep() }
            if isOver { throw CallGate.Closed() }
            turn.isRepeat = true
            guard case .retry(let connecting) = pass.step else { continue }
            turn.note(pass.health)
            // Where the API is out, the gate says when to go on.
            if pass.health.isOut { continue }
            try await tools.clock.sleep(
                tools.settings.retries.delay(after: turn.failures, connecting: connecting, jitter: tools.jitter())
            )
        }
    }

    /// How often one row's call has been sent, and to what avail.
    private struct Turn {
        /// Tries so far that count as the row's own.
        private(set) var failures = 0
        /// Whether the call has been sent before.
        var isRepeat = false

        /// Takes note of a failure; what the API's trouble costs is no try.
        mutating func note(_ health: CallGate.Health) {
            if !health.isOut { failures += 1 }
        }
    }

    private struct Pass {
        let call: RemoteCall<Value>
        let step: Step
        let health: CallGate.Health
    }

    private var patience: Patience { Patience(tools: tools, board: board, control: control) }

    /// Sends one call through the gate.
    ///
    /// The place is free when what the answer means has been committed: so a stop takes hold before the next call
    /// leaves, and a death leaves no more calls open than there are places.
    private func pass(
        _ turn: Turn,
        _ send: @Sendable () async throws -> RemoteCall<Value>,
        _ judge: @Sendable (RemoteCall<Value>, _ mayRetry: Bool) async throws -> Step
    ) async throws -> Pass {
        let gate = tools.gate(api)
        try await enter(gate, isRepeat: turn.isRepeat)
        let call = try await freeing(gate) { try await send() }
        board.count(call, to: api)
        let health = gate.heed(CallGate.Feedback(call, isFirst: !turn.isRepeat))
        let mayRetry = await mayRetry(call, turn, health)
        let step = try await freeing(gate) { try await judge(call, mayRetry) }
        gate.free()
        return Pass(call: call, step: step, health: health)
    }

    /// Waits at the gate, and probes the API first where it has been away.
    private func enter(_ gate: CallGate, isRepeat: Bool) async throws {
        while true {
            guard try await gate.enter(retry: isRepeat), let probe else { return }
            let health = gate.heed(await probe())
            gate.free()
            if patience.isOver(api, health, asked: nil) { throw CallGate.Closed() }
        }
    }

    /// Whether the call may be sent again: as often as it takes while the API is out, else within tries and budget.
    private func mayRetry(_ call: RemoteCall<Value>, _ turn: Turn, _ health: CallGate.Health) async -> Bool {
        guard mayPass(call) else { return false }
        if health.isOut { return true }
        guard turn.failures + 1 < tools.settings.retries.tries else { return false }
        return tools.gate(api).mayRetry()
    }

    /// Gives the place back if `body` throws.
    private func freeing<Result>(_ gate: CallGate, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            gate.free()
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
}
