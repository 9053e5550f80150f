import Domain
import Synchronization

extension Reality {
    /// Takes a call to make a processor token; returns when the answer is there.
    func mint(_ accessToken: String, _ account: String, into slot: AnswerSlot<Secret>) -> Duration {
        if let trouble = state.withLock({ $0.plaid.outage(at: clock.uptime) }), trouble == .unreachable {
            slot.put(trouble.answer(of: .plaid))
            return .milliseconds(1)
        }
        let script = plaidScript(account)
        if case .neverSent = script {
            slot.put(RemoteAnswer(reply: .neverSent(why: "no connection")))
            return .milliseconds(1)
        }
        let (up, work, down) = (draw(upTo: climate.up), draw(upTo: climate.work), draw(upTo: climate.up))
        clock.after(up) { [self] in
            judge.arrived(at: .plaid)
            if let trouble = state.withLock({ $0.plaid.receive(at: clock.uptime) }) {
                trace.note("plaid \(account): \(trouble)")
                return slot.put(trouble.answer(of: .plaid))
            }
            clock.after(work) { [self] in slot.put(act(script, accessToken, account)) }
        }
        return up + work + down
    }

    private func act(_ script: PlaidScript, _ accessToken: String, _ account: String) -> RemoteAnswer<Secret> {
        switch script {
        case .token: return RemoteAnswer(reply: .success(Secret(makeToken(accessToken, account))), status: 200)
        case .refuse(let status, let code, let type, let message, let retryAfter):
            let refusal = Refusal(
                api: .plaid,
                status: status,
                type: type,
                code: code,
                message: message,
                requestID: "request",
                retryAfter: retryAfter
            )
            return RemoteAnswer(reply: .refusal(refusal), status: status)
        case .lost:
            if chance(percent: 50) { _ = makeToken(accessToken, account) }
            return RemoteAnswer(reply: .lost(why: "reset"))
        case .unusable:
            if chance(percent: 50) { _ = makeToken(accessToken, account) }
            return RemoteAnswer(reply: .unusable(status: 200, why: "no token"), status: 200)
        case .neverSent: return RemoteAnswer(reply: .neverSent(why: "no connection"))
        }
    }

    private func makeToken(_ accessToken: String, _ account: String) -> String {
        let (token, identity) = state.withLock { state in
            let token = "processor-\(state.tokens.count + 1)-\(account)"
            let owner = state.owners[accessToken] ?? Owner(kind: .customer, id: "nobody")
            let identity = Identity(owner: owner, accountID: account)
            state.tokens[token] = identity
            return (token, identity)
        }
        trace.note("plaid makes \(token)")
        judge.tokenMade(for: identity)
        return token
    }

    private func plaidScript(_ account: String) -> PlaidScript {
        let weather = state.withLock { $0.weather }
        if chance(percent: weather.setUpTrouble) { return .wrongKeys }
        if weather.isFlaky, chance(percent: 85) { return .institutionDown }
        if isSick(account, weather.sickness) { return draw([.loginRequired, .badToken, .unknown]) }
        guard chance(percent: weather.plaidTrouble) else { return .token }
        return draw([
            .lost, .neverSent, .unusable, .institutionDown, .rateLimit, .refuse(status: 500, code: nil),
            .refuse(status: 429, code: nil, retryAfter: .seconds(7)),
            .refuse(status: 400, code: "PLANNED_MAINTENANCE", type: "API_ERROR"),
        ])
    }
}
