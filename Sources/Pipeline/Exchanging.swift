import Domain
import Pacing
import Synchronization

/// Before the first stage: turns a row's public token into an access token, which Plaid gives once.
///
/// That Plaid is asked is committed before the call, and what it gives, sealed, before anything else happens; so a
/// process that dies leaves either the token or the knowledge that one may be lost.
struct Exchanging: Sendable {
    let tools: RunTools
    let board: RunBoard
    let control: RunControl
    let rates: RateKeeper

    /// What it came to.
    enum Outcome: Sendable {
        /// The access token, and the row as it is now.
        case token(Secret, Link)
        case ended(JourneyEnd)
    }

    /// The access token of a row: at hand, in the ledger from an earlier exchange, or Plaid's for its public token.
    func accessToken(of item: WorkItem) async throws -> Outcome {
        guard case .publicToken(let publicToken) = item.credential else {
            return .token(item.credential.secret, item.link)
        }
        let known = try await tools.ledger.exchange(of: publicToken)
        if let token = known?.accessToken { return try await found(token, publicToken, item) }
        if known?.isOutOfReach == true {
            let settlement = Settlement(state: .rejected, action: .review, failure: .accessTokenOutOfReach)
            try await commit(.settled(settlement, orphaned: false), item, nil)
            return .ended(.settled(.rejected, code: settlement.failure.code))
        }
        let gained = Mutex<Secret?>(nil)
        let openSince = Mutex(known?.openSince)
        let loop = CallLoop<ExchangedToken>(api: .plaid, tools: tools, board: board, control: control, rates: rates)
        let end = try await loop.run {
            _ = try await commit(.exchangeSent(publicToken), item, nil)
            await tools.plaidGate.depart()
            return await tools.plaid.exchange(publicToken: publicToken)
        } judge: { call, mayRetry in
            if case .success(let token) = call.reply {
                try await commit(.exchanged(publicToken, token), item, call)
                gained.withLock { $0 = token.accessToken }
                return .end(.settled(.pending))
            }
            let since = openSince.withLock { $0 }
            if Self.mayHaveActed(call) { openSince.withLock { $0 = $0 ?? call.sentAt } }
            return try await judge(call, publicToken, item, openSince: since, mayRetry: mayRetry)
        }
        if let token = gained.withLock({ $0 }) { return .token(token, try await tools.ledger.link(item.link.id)) }
        // Another row of the same public token may have been first.
        guard end == .unreached, let token = try await tools.ledger.exchange(of: publicToken)?.accessToken else {
            return .ended(end)
        }
        return try await found(token, publicToken, item)
    }

    private func found(_ token: Secret, _ publicToken: Secret, _ item: WorkItem) async throws -> Outcome {
        try await commit(.exchangeFound(publicToken), item, nil)
        return .token(token, try await tools.ledger.link(item.link.id))
    }

    /// Whether Plaid may have made an access token although none came.
    private static func mayHaveActed(_ call: RemoteCall<ExchangedToken>) -> Bool {
        switch call.reply {
        case .success, .neverSent: false
        case .lost, .unusable: true
        case .refusal(let refusal): refusal.status >= 500
        }
    }

    private func judge(
        _ call: RemoteCall<ExchangedToken>,
        _ publicToken: Secret,
        _ item: WorkItem,
        openSince: Timestamp?,
        mayRetry: Bool
    ) async throws -> CallLoop<ExchangedToken>.Step {
        let isOpen = openSince != nil || Self.mayHaveActed(call)
        func again(_ failure: Failure, connecting: Bool = false) async throws -> CallLoop<ExchangedToken>.Step {
            try await commit(.exchangeFailed(publicToken, open: isOpen), item, call)
            if mayRetry { return .retry(connecting: connecting) }
            return try await settle(.exhausted(failure), item)
        }
        switch call.reply {
        case .success: return .end(.settled(.pending))
        case .neverSent(let why): return try await again(.network("no_connection", why), connecting: true)
        case .lost(let why): return try await again(.network("no_answer", why))
        case .unusable(_, let why): return try await again(.network("unusable_answer", why))
        case .refusal(let refusal):
            let rule = AnswerTable.rule(for: refusal)
            if rule.meaning == .transient { return try await again(Failure(refusal)) }
            return try await judge(refusal, rule, call, publicToken, item, openSince: openSince)
        }
    }

    private func judge(
        _ refusal: Refusal,
        _ rule: AnswerRule,
        _ call: RemoteCall<ExchangedToken>,
        _ publicToken: Secret,
        _ item: WorkItem,
        openSince: Timestamp?
    ) async throws -> CallLoop<ExchangedToken>.Step {
        try await commit(.exchangeFailed(publicToken, open: openSince != nil), item, call)
        switch rule.meaning {
        case .rateLimited, .maintenance: return .wait
        case .stop:
            guard
                let settlement = try await StopJudge(tools: tools, control: control).judge(refusal, rule, on: item.link)
            else { return .end(.unreached) }
            return try await settle(settlement, item)
        case .settle(.needsUser, .relink):
            return try await spent(refusal, publicToken, item, openSince: openSince)
        case .settle(let state, let action):
            let failure = Failure(refusal, code: rule.reportedCode)
            return try await settle(Settlement(state: state, action: action, failure: failure), item)
        case .unknown: return try await settle(.unknown(refusal, runsBefore: item.link.unknownRuns), item)
        default: return try await settle(.exhausted(Failure(refusal)), item)
        }
    }

    /// The public token is of no more use: another row had it exchanged meanwhile, or an answer was lost, or it is old.
    private func spent(
        _ refusal: Refusal,
        _ publicToken: Secret,
        _ item: WorkItem,
        openSince: Timestamp?
    ) async throws -> CallLoop<ExchangedToken>.Step {
        if let known = try await tools.ledger.exchange(of: publicToken), known.accessToken != nil {
            return .end(.unreached)
        }
        let failure = openSince.map { .accessTokenLost(askedAt: $0) } ?? Failure(refusal)
        return try await settle(Settlement(state: .needsUser, action: .relink, failure: failure), item)
    }

    private func settle(_ settlement: Settlement, _ item: WorkItem) async throws -> CallLoop<ExchangedToken>.Step {
        try await commit(.settled(settlement, orphaned: false), item, nil)
        return .end(.settled(settlement.state, code: settlement.failure.code))
    }

    private func commit(
        _ event: LinkChange.Event,
        _ item: WorkItem,
        _ call: RemoteCall<ExchangedToken>?
    ) async throws {
        let attempt = call.map { Attempt(.exchange, $0) }
        _ = try await tools.ledger.commit(LinkChange(item.link.id, event, at: tools.now(), attempt: attempt))
    }
}
