package import Domain
import Pacing

/// Has Plaid make the link tokens for an input, some at a time.
package struct Inviter: Sendable {
    private let tools: RunTools
    private let control: RunControl
    private let invitations: any InvitationLedger
    private let policy: InvitationPolicy
    private let asker: PlaidAsker<LinkToken>
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
        (self.tools, self.control) = (tools, control)
        (self.invitations, self.policy) = (invitations, policy)
        asker = PlaidAsker(tools: tools, board: board, control: control, rates: RateKeeper(tools: tools))
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
        try await OutcomeTally.gathering { try await invite(source, &$0, &$1, report) }
    }

    private func invite<Source: InviteeSource>(
        _ source: Source,
        _ tally: inout OutcomeTally<InvitationSummary.Outcome>,
        _ group: inout TaskGroup<InvitationSummary.Outcome>,
        _ report: (InvalidRow) throws -> Void
    ) async throws {
        var source = source
        while control.isGoing, let batch = try await source.next() {
            for row in batch.invalid { try report(row) }
            tally.count(.invalid, lines: batch.invalid.count)
            tally.count(.leftOut, lines: batch.excluded)
            for (invitee, admission) in zip(batch.invitees, try await admit(batch.invitees)) {
                guard case .make(let id, let mode) = admission else {
                    tally.count(Self.outcome(admission))
                    continue
                }
                let width = tools.settings.concurrency * 2
                await tally.start(in: &group, atMost: width) { await make(id, mode, for: invitee) }
            }
        }
    }

    private func admit(_ invitees: [Invitee]) async throws -> [InvitationAdmission] {
        do {
            return try await invitations.admit(invitees, policy: policy)
        } catch {
            control.stop(.unwritable("\(error)"))
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
            control.stop(.unwritable("\(error)"))
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
        return try await asker.ask {
            await tools.plaid.createLinkToken(order)
        } take: { answer, requestID in
            switch answer {
            case .value(let token):
                try await invitations.commit(.made(token, mode), of: id, requestID: requestID, at: tools.now())
                streak.succeeded()
                return .made
            case .refused(_, let rule) where mode == .updateMode && rule.isAboutAGoneConnection: return nil
            case .refused(let refusal, let rule):
                let failure = Failure(refusal, code: rule.reportedCode)
                try await invitations.commit(.failed(failure), of: id, requestID: requestID, at: tools.now())
                await stop(after: refusal, rule, failure)
            case .none(let failure):
                try await invitations.commit(.failed(failure), of: id, requestID: requestID, at: tools.now())
            }
            return .failed
        }
    }

    /// Stops where a refusal is about the set-up and not the row.
    private func stop(after refusal: Refusal, _ rule: AnswerRule, _ failure: Failure) async {
        if rule.meaning == .stop {
            control.stop(.refused(rule.stopMessage(refusal)))
        } else if rule.meaning != .transient, streak.isOver(after: failure) {
            control.stop(.refused(Self.setUp(failure)))
        }
    }

    private static func setUp(_ failure: Failure) -> String {
        let message = failure.message.map { ": \($0)" } ?? ""
        return "Plaid refused one invitation after the other with \(failure.code)\(message). That is the form, not "
            + "the customers: check --redirect-uri, --customization, --products and the countries, then run again."
    }
}
