package import Domain
import Pacing
import Synchronization

/// Has Plaid make the link tokens for an input, some at a time.
package struct Inviter: Sendable {
    /// Takes what became of a line; nothing where the connection that was to be repaired is gone.
    private typealias End = @Sendable (InvitationSummary.Outcome?) -> Void

    private let tools: RunTools
    private let board: RunBoard
    private let control: RunControl
    private let invitations: any InvitationLedger
    private let policy: InvitationPolicy
    private let loop: CallLoop<LinkToken>
    private let rates: RateKeeper
    private let streak = SetUpStreak()

    /// Prepares invitations.
    ///
    /// - Parameters:
    ///   - tools: What they work with.
    ///   - board: Counts the calls, and says why they stop.
    ///   - control: Stops them.
    ///   - invitations: The ledger that keeps them.
    ///   - policy: Who is invited, and to what.
    package init(
        tools: RunTools,
        board: RunBoard,
        control: RunControl,
        invitations: any InvitationLedger,
        policy: InvitationPolicy
    ) {
        (self.tools, self.board, self.control) = (tools, board, control)
        (self.invitations, self.policy) = (invitations, policy)
        rates = RateKeeper(tools: tools)
        loop = CallLoop(api: .plaid, tools: tools, board: board, control: control, rates: rates)
    }

    /// Invites whom `source` names; after a stop nothing more is read.
    ///
    /// - Parameters:
    ///   - source: The input.
    ///   - report: Gets the lines that cannot be read.
    /// - Returns: How many lines came to what.
    /// - Throws: What `source` and `report` throw, once all that was started has come to its end.
    package func perform<Source: InviteeSource>(
        _ source: Source,
        _ report: (InvalidRow) throws -> Void
    ) async throws -> [InvitationSummary.Outcome: Int] {
        var source = source
        var outcomes: [InvitationSummary.Outcome: Int] = [:]
        try await withThrowingTaskGroup(of: InvitationSummary.Outcome.self) { group in
            var underWay = 0
            while control.isGoing, let batch = try await source.next() {
                for row in batch.invalid { try report(row) }
                outcomes[.invalid, default: 0] += batch.invalid.count
                outcomes[.leftOut, default: 0] += batch.excluded
                for (invitee, admission) in zip(batch.invitees, try await admit(batch.invitees)) {
                    guard case .make(let id, let mode) = admission else {
                        outcomes[Self.outcome(admission), default: 0] += 1
                        continue
                    }
                    if underWay == tools.settings.concurrency * 2, let outcome = try await group.next() {
                        outcomes[outcome, default: 0] += 1
                        underWay -= 1
                    }
                    group.addTask { await make(id, mode, for: invitee) }
                    underWay += 1
                }
            }
            for try await outcome in group { outcomes[outcome, default: 0] += 1 }
        }
        if control.isGoing { try await rates.keep() }
        return outcomes
    }

    private func admit(_ invitees: [Invitee]) async throws -> [InvitationAdmission] {
        do {
            return try await invitations.admit(invitees, policy: policy)
        } catch {
            await control.stop(.unwritable("\(error)"))
            return []
        }
    }

    private static func outcome(_ admission: InvitationAdmission) -> InvitationSummary.Outcome {
        switch admission {
        case .make: .unreached
        case .stillGood: .stillGood
        case .duplicate: .duplicate
        case .leftOut: .leftOut
        }
    }

    private func make(_ id: Invitation.ID, _ mode: LinkMode, for invitee: Invitee) async -> InvitationSummary.Outcome {
        do {
            let outcome = try await send(id, mode, for: invitee)
            // Plaid says that there is nothing to repair any more: the customer connects a bank anew.
            guard case nil = outcome else { return outcome ?? .unreached }
            return try await send(id, .firstTime, for: invitee) ?? .failed
        } catch is CallGate.Closed, is CancellationError {
            return .unreached
        } catch {
            await control.stop(.unwritable("\(error)"))
            return .unreached
        }
    }

    /// Makes one token; gives nothing where the connection that was to be repaired is gone.
    private func send(
        _ id: Invitation.ID,
        _ mode: LinkMode,
        for invitee: Invitee
    ) async throws -> InvitationSummary.Outcome? {
        let order = LinkTokenOrder(
            form: policy.form,
            userID: invitee.owner.id,
            accessToken: mode == .updateMode ? invitee.accessToken : nil
        )
        let outcome = Mutex<InvitationSummary.Outcome?>(.unreached)
        _ = try await loop.run {
            await tools.plaidGate.depart()
            return await tools.plaid.createLinkToken(order)
        } judge: { call, mayRetry in
            try await judge(call, id, mode, mayRetry: mayRetry) { result in outcome.withLock { $0 = result } }
        }
        return outcome.withLock { $0 }
    }

    private func judge(
        _ call: RemoteCall<LinkToken>,
        _ id: Invitation.ID,
        _ mode: LinkMode,
        mayRetry: Bool,
        _ end: End
    ) async throws -> CallLoop<LinkToken>.Step {
        switch call.reply {
        case .success(let token):
            try await invitations.commit(.made(token, mode), of: id, requestID: call.requestID, at: tools.now())
            streak.succeeded()
            end(.made)
            return .end(.unreached)
        case .refusal(let refusal): return try await judge(refusal, call, id, mode, mayRetry: mayRetry, end)
        case .neverSent(let why):
            return try await again(.network("no_connection", why), call, id, mayRetry, connecting: true, end)
        case .lost(let why): return try await again(.network("no_answer", why), call, id, mayRetry, end)
        case .unusable(_, let why): return try await again(.network("unusable_answer", why), call, id, mayRetry, end)
        }
    }

    private func judge(
        _ refusal: Refusal,
        _ call: RemoteCall<LinkToken>,
        _ id: Invitation.ID,
        _ mode: LinkMode,
        mayRetry: Bool,
        _ end: End
    ) async throws -> CallLoop<LinkToken>.Step {
        let rule = AnswerTable.rule(for: refusal)
        let failure = Failure(refusal, code: rule.reportedCode)
        switch rule.meaning {
        case .rateLimited, .maintenance: return .wait
        case .transient: return try await again(failure, call, id, mayRetry, end)
        case .settle(_, .relink) where mode == .updateMode:
            end(nil)
            return .end(.unreached)
        case .stop:
            try await fail(failure, call, id)
            let code = refusal.code.map { " \($0)" } ?? ""
            await control.stop(.refused("Plaid answered \(refusal.status)\(code). \(rule.advice)"))
        default:
            try await fail(failure, call, id)
            if streak.isOver(after: failure) { await control.stop(.refused(Self.setUp(failure))) }
        }
        end(.failed)
        return .end(.unreached)
    }

    private func again(
        _ failure: Failure,
        _ call: RemoteCall<LinkToken>,
        _ id: Invitation.ID,
        _ mayRetry: Bool,
        connecting: Bool = false,
        _ end: End
    ) async throws -> CallLoop<LinkToken>.Step {
        if mayRetry { return .retry(connecting: connecting) }
        try await fail(failure, call, id)
        end(.failed)
        return .end(.unreached)
    }

    private func fail(_ failure: Failure, _ call: RemoteCall<LinkToken>, _ id: Invitation.ID) async throws {
        try await invitations.commit(.failed(failure), of: id, requestID: call.requestID, at: tools.now())
    }

    private static func setUp(_ failure: Failure) -> String {
        let message = failure.message.map { ": \($0)" } ?? ""
        return "Plaid refused one invitation after the other with \(failure.code)\(message). That is the form, not "
            + "the customers: check --redirect-uri, --customization, --products and the countries, then run again."
    }
}
