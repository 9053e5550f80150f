import Domain
import Pacing
import Synchronization

/// The second stage: commits the intent, posts to Bond, and commits what came of it.
///
/// A POST is sent again by itself only where Bond provably did not act on it.
struct Posting: Sendable {
    let tools: RunTools
    let board: RunBoard
    let control: RunControl
    let streaks: RefusalStreaks
    let rates: RateKeeper
    let clockOffset: ClockOffset
    /// Intents that are made one after the other before the row has had a try.
    private static let mostIntents = 5

    /// What posting came to.
    enum Outcome: Sendable, Equatable {
        case ended(JourneyEnd)
        /// Bond does not take this old token; it has been thrown away.
        case tokenRefused
    }

    /// Posts a row that has a token.
    func post(_ item: WorkItem, _ token: ProcessorToken) async throws -> Outcome {
        var loop = CallLoop<BondAccount>(api: .bond, tools: tools, board: board, control: control, rates: rates)
        loop.probe = {
            let call = await tools.bond.listAccounts(of: item.owner)
            board.count(call, to: .bond)
            return switch CallGate.Feedback(call, isFirst: true) {
            case .served, .refused: .reachable
            case let trouble: trouble
            }
        }
        let refused = Atomic(false)
        let end = try await loop.run {
            // Everything that can wait has been waited for: from here on the call leaves.
            if let heldBack = try await intend(item) { return heldBack }
            let key = tools.settings.sendsIdempotencyKey ? idempotencyKey(item, token) : nil
            let call = await tools.bond.linkAccount(
                processorToken: token.secret,
                owner: item.owner,
                idempotencyKey: key
            )
            clockOffset.learn(call.clockOffset, latency: call.latency)
            return call
        } judge: { call, mayRetry in
            if case .refusal(let refusal) = call.reply, AnswerTable.rule(for: refusal).meaning == .tokenRefused,
                token.run != tools.ledger.run
            {
                try await commit(.intentClosed(left: true), item, call)
                try await commit(.tokenDiscarded, item, nil)
                refused.store(true, ordering: .relaxed)
                return .end(.unreached)
            }
            return try await judge(call, item, mayRetry: mayRetry)
        }
        return refused.load(ordering: .relaxed) ? .tokenRefused : .ended(end)
    }

    /// Commits the intent, and a new one where the POST could not leave on it in time.
    ///
    /// - Returns: Nothing where the POST leaves now; else, after several intents, what became of it.
    private func intend(_ item: WorkItem) async throws -> RemoteCall<BondAccount>? {
        for number in 1... {
            let intent = LinkChange(item.link.id, .intent(clockOffset: clockOffset.known), at: tools.now())
            _ = try await tools.ledger.commit(intent)
            await tools.bondGate.depart()
            guard let why = staleness(of: intent) else { return nil }
            let heldBack = RemoteCall<BondAccount>(reply: .neverSent(why: why), sentAt: tools.now(), latency: .zero)
            guard number < Self.mostIntents else { return heldBack }
            try await commit(.intentClosed(left: false), item, heldBack)
        }
        return nil
    }

    /// Why a POST must not leave on this intent any more; nothing where it may.
    ///
    /// A machine or a disk that stood still lets time pass after the intent. Should the run die with the POST out, its
    /// link is looked for in the time that the intent tells, and one made later would be taken for somebody else's. And
    /// where this worker was given up meanwhile, another one may be about to post the row: the intent was a sign of life,
    /// so that nobody does so before the lease is over.
    private func staleness(of intent: LinkChange) -> String? {
        let age = tools.now().since(intent.at)
        let settings = tools.settings
        // Who looks for the link does so until the time-out and the settle time after the intent.
        let longest = min(max(.seconds(6), settings.settle / 2), (settings.callTimeout + settings.settle) / 2)
        let oldest = min(longest, tools.ledger.shared.map { $0.lease / 2 } ?? longest)
        if age >= .seconds(-1), age <= oldest { return nil }
        return
            "held back, for \(age.wholeMilliseconds) ms had passed since its intent: a disk, this machine or its clock "
            + "stood still or jumped"
    }

    private func judge(
        _ call: RemoteCall<BondAccount>,
        _ item: WorkItem,
        mayRetry: Bool
    ) async throws -> CallLoop<BondAccount>.Step {
        switch call.reply {
        case .success(let account): try await link(account, item, call)
        case .refusal(let refusal): try await judge(refusal, call, item)
        case .unusable(_, let why): try await doubt(.network("unusable_answer", why), .unanswered, item, call)
        case .lost(let why): try await doubt(.network("no_answer", why), .unanswered, item, call)
        case .neverSent(let why): try await again(.network("no_connection", why), item, call, mayRetry: mayRetry)
        }
    }

    private func judge(
        _ refusal: Refusal,
        _ call: RemoteCall<BondAccount>,
        _ item: WorkItem
    ) async throws -> CallLoop<BondAccount>.Step {
        let rule = AnswerTable.rule(for: refusal)
        let failure = Failure(refusal, code: rule.reportedCode)
        switch rule.meaning {
        case .doubt: return try await doubt(failure, .unanswered, item, call)
        case .duplicate: return try await doubt(failure, .duplicate, item, call)
        case .rateLimited, .maintenance:
            try await commit(.intentClosed(left: true), item, call)
            return .wait
        case .stop:
            try await commit(.intentClosed(left: true), item, call)
            guard
                let settlement = try await StopJudge(tools: tools, control: control).judge(refusal, rule, on: item.link)
            else { return .end(.unreached) }
            return try await settleClosed(settlement, item)
        case .unknown: return try await settle(.unknown(refusal, runsBefore: item.link.unknownRuns), item, call)
        case .transient: return try await settle(.exhausted(failure), item, call)
        case .tokenRefused:
            return try await settle(
                Settlement(state: .rejected, action: .fixRow, failure: failure),
                item,
                call,
                discardToken: true
            )
        case .settle(let state, let action):
            return try await settle(Settlement(state: state, action: action, failure: failure), item, call)
        }
    }

    private func link(
        _ account: BondAccount,
        _ item: WorkItem,
        _ call: RemoteCall<BondAccount>
    ) async throws -> CallLoop<BondAccount>.Step {
        let result = try await commit(.linked(account, .answered), item, call)
        guard result == .done else { return .end(.doubted(code: "link_owned_by_other_row")) }
        try await streaks.succeeded(.bond)
        return .end(.settled(.linked))
    }

    private func doubt(
        _ failure: Failure,
        _ cause: Doubt.Cause,
        _ item: WorkItem,
        _ call: RemoteCall<BondAccount>
    ) async throws -> CallLoop<BondAccount>.Step {
        try await commit(.inDoubt(failure, cause: cause), item, call)
        return .end(.doubted(code: failure.code))
    }

    private func settle(
        _ settlement: Settlement,
        _ item: WorkItem,
        _ call: RemoteCall<BondAccount>,
        discardToken: Bool = false
    ) async throws -> CallLoop<BondAccount>.Step {
        guard settlement.state == .rejected else {
            try await commit(.postSettled(settlement), item, call)
            return .end(.settled(settlement.state, code: settlement.failure.code))
        }
        try await commit(.intentClosed(left: true), item, call)
        if discardToken { try await commit(.tokenDiscarded, item, nil) }
        return try await settleClosed(settlement, item)
    }

    /// Settles a row whose intent is closed: a refusal for good waits for a success that confirms it.
    private func settleClosed(_ settlement: Settlement, _ item: WorkItem) async throws -> CallLoop<BondAccount>.Step {
        guard try await streaks.refused(item.link, by: .bond, settlement) else {
            return .end(.provisional(code: settlement.failure.code))
        }
        try await commit(.settled(settlement, orphaned: false), item, nil)
        return .end(.settled(settlement.state, code: settlement.failure.code))
    }

    private func again(
        _ failure: Failure,
        _ item: WorkItem,
        _ call: RemoteCall<BondAccount>,
        mayRetry: Bool
    ) async throws -> CallLoop<BondAccount>.Step {
        try await commit(.intentClosed(left: false), item, call)
        if mayRetry { return .retry(connecting: true) }
        try await commit(.settled(.exhausted(failure), orphaned: false), item, nil)
        return .end(.settled(.retryable, code: failure.code))
    }

    @discardableResult
    private func commit(
        _ event: LinkChange.Event,
        _ item: WorkItem,
        _ call: RemoteCall<BondAccount>?
    ) async throws -> CommitResult {
        let attempt = call.map { Attempt(.post, $0) }
        return try await tools.ledger.commit(LinkChange(item.link.id, event, at: tools.now(), attempt: attempt))
    }

    /// The same for every POST of one token, so that Bond can tell a repeat.
    private func idempotencyKey(_ item: WorkItem, _ token: ProcessorToken) -> String {
        "relink-\(item.link.id)-\(token.mintedAt.milliseconds)"
    }
}
