import Domain
import Pacing
import Synchronization

/// The first stage: makes a processor token for a row, and commits it before anything else happens.
struct Minting: Sendable {
    let tools: RunTools
    let board: RunBoard
    let control: RunControl
    let streaks: RefusalStreaks
    let rates: RateKeeper

    /// What minting came to.
    enum Outcome: Sendable {
        case minted(ProcessorToken)
        case ended(JourneyEnd)
    }

    /// Mints a token; its worst case is a token that nobody uses, so it is retried freely.
    func mint(_ item: WorkItem, _ accessToken: Secret) async throws -> Outcome {
        let loop = CallLoop<Secret>(api: .plaid, tools: tools, board: board, control: control, rates: rates)
        let minted = Mutex<ProcessorToken?>(nil)
        let end = try await loop.run {
            _ = try await tools.ledger.commit(LinkChange(item.link.id, .mintSent, at: tools.now()))
            await tools.plaidGate.depart()
            return await tools.plaid.createProcessorToken(
                accessToken: accessToken,
                accountID: item.link.identity.accountID
            )
        } judge: { call, mayRetry in
            if case .success(let secret) = call.reply {
                let token = try await keep(secret, of: item, call)
                minted.withLock { $0 = token }
                return .end(.settled(.minted))
            }
            return try await judge(call, item, mayRetry: mayRetry)
        }
        return minted.withLock { $0 }.map { .minted($0) } ?? .ended(end)
    }

    private func keep(_ secret: Secret, of item: WorkItem, _ call: RemoteCall<Secret>) async throws -> ProcessorToken {
        let token = ProcessorToken(
            secret: secret,
            fingerprint: item.link.fingerprint,
            mintedAt: call.endedAt,
            run: tools.ledger.run
        )
        try await commit(.minted(token, of: item.link.identity), item, call)
        try await streaks.succeeded(.plaid)
        return token
    }

    private func judge(
        _ call: RemoteCall<Secret>,
        _ item: WorkItem,
        mayRetry: Bool
    ) async throws -> CallLoop<Secret>.Step {
        switch call.reply {
        case .success: .end(.settled(.minted))
        case .refusal(let refusal): try await judge(refusal, call, item, mayRetry: mayRetry)
        case .unusable(_, let why):
            // A token was made, and its name did not arrive.
            try await again(call, item, .network("unusable_answer", why), orphaned: true, mayRetry: mayRetry)
        case .lost(let why):
            try await again(call, item, .network("no_answer", why), orphaned: true, mayRetry: mayRetry)
        case .neverSent(let why):
            try await again(call, item, .network("no_connection", why), mayRetry: mayRetry, connecting: true)
        }
    }

    private func judge(
        _ refusal: Refusal,
        _ call: RemoteCall<Secret>,
        _ item: WorkItem,
        mayRetry: Bool
    ) async throws -> CallLoop<Secret>.Step {
        let rule = AnswerTable.rule(for: refusal)
        switch rule.meaning {
        case .rateLimited, .maintenance:
            try await commit(.mintFailed(orphaned: false), item, call)
            return .wait
        case .transient: return try await again(call, item, Failure(refusal), mayRetry: mayRetry)
        case .stop:
            try await commit(.mintFailed(orphaned: false), item, call)
            guard
                let settlement = try await StopJudge(tools: tools, control: control).judge(refusal, rule, on: item.link)
            else { return .end(.unreached) }
            return try await settle(settlement, item, nil)
        case .unknown: return try await settle(.unknown(refusal, runsBefore: item.link.unknownRuns), item, call)
        case .settle(let state, let action):
            let failure = Failure(refusal, code: rule.reportedCode)
            return try await settle(Settlement(state: state, action: action, failure: failure), item, call)
        case .doubt, .duplicate, .tokenRefused:
            return try await settle(.exhausted(Failure(refusal)), item, call)
        }
    }

    private func settle(
        _ settlement: Settlement,
        _ item: WorkItem,
        _ call: RemoteCall<Secret>?
    ) async throws -> CallLoop<Secret>.Step {
        guard settlement.state == .rejected else {
            try await commit(.settled(settlement, orphaned: false), item, call)
            return .end(.settled(settlement.state, code: settlement.failure.code))
        }
        // First what the call came to: once the refusal is noted, others may record it, and let go of the row.
        if let call { try await commit(.mintFailed(orphaned: false), item, call) }
        guard try await streaks.refused(item.link, by: .plaid, settlement) else {
            return .end(.provisional(code: settlement.failure.code))
        }
        try await commit(.settled(settlement, orphaned: false), item, nil)
        return .end(.settled(settlement.state, code: settlement.failure.code))
    }

    private func again(
        _ call: RemoteCall<Secret>,
        _ item: WorkItem,
        _ failure: Failure,
        orphaned: Bool = false,
        mayRetry: Bool,
        connecting: Bool = false
    ) async throws -> CallLoop<Secret>.Step {
        guard mayRetry else {
            try await commit(.settled(.exhausted(failure), orphaned: orphaned), item, call)
            return .end(.settled(.retryable, code: failure.code))
        }
        try await commit(.mintFailed(orphaned: orphaned), item, call)
        return .retry(connecting: connecting)
    }

    private func commit(_ event: LinkChange.Event, _ item: WorkItem, _ call: RemoteCall<Secret>?) async throws {
        let attempt = call.map { Attempt(.mint, $0) }
        _ = try await tools.ledger.commit(LinkChange(item.link.id, event, at: tools.now(), attempt: attempt))
    }
}
