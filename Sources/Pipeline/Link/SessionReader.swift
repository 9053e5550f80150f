import Domain
import Pacing

/// Asks Plaid what became of a customer's time with Link, and what the rows are that follow from it.
struct SessionReader: Sendable {
    /// What it came to.
    struct Finding: Sendable {
        let outcome: SessionOutcome
        /// The rows that are tried now.
        var rows: [InputRow] = []
        /// How the invitation ended, to be kept once the rows have been tried; nothing while it has not.
        var ending: InvitationEnding?
    }

    private let tools: RunTools
    private let control: RunControl
    private let sessions: PlaidAsker<[LinkSession]>
    private let repairs: RepairCheck

    init(tools: RunTools, board: RunBoard, control: RunControl, items: any ItemLedger) {
        let rates = RateKeeper(tools: tools)
        (self.tools, self.control) = (tools, control)
        sessions = PlaidAsker(tools: tools, board: board, control: control, rates: rates)
        repairs = RepairCheck(tools: tools, board: board, control: control, rates: rates, items: items)
    }

    /// Asks about one invitation.
    ///
    /// - Throws: `CallGate.Closed` after a stop, and what the ledger throws.
    func read(_ invitee: Invitee, _ mode: LinkMode, _ linkToken: Secret) async throws -> Finding {
        let last: LinkSession.Outcome? = try await sessions.ask {
            await tools.plaid.getLinkSessions(linkToken: linkToken)
        } take: { answer, _ in
            switch answer {
            case .value(let sessions): return sessions.telling
            case .refused(let refusal, let rule):
                if rule.meaning == .stop { control.stop(.refused(rule.stopMessage(refusal))) }
                return nil
            case .none: return nil
            }
        }
        guard let last else { return Finding(outcome: .failed) }
        switch last {
        case .open: return Finding(outcome: .waiting)
        case .exit(let code): return Finding(outcome: .exited, ending: .exit(errorCode: code))
        case .success(let successes): return try await follow(invitee, mode, successes)
        }
    }

    /// The rows that follow from a success.
    func follow(_ invitee: Invitee, _ mode: LinkMode, _ successes: [LinkSuccess]) async throws -> Finding {
        switch mode {
        case .updateMode:
            guard let row = invitee.row else { return Finding(outcome: .failed) }
            // What Plaid says of the Item decides, and not that the customer was on a page.
            switch try await repairs.check(row) {
            case .works: return Finding(outcome: .succeeded, rows: [row], ending: .success)
            case .broken(let failure):
                return Finding(outcome: .notRepaired, ending: .exit(errorCode: failure.code))
            case .unknown: return Finding(outcome: .failed)
            }
        case .firstTime:
            let rows = successes.flatMap { success in
                success.accountIDs.map { account in
                    InputRow(
                        identity: Identity(owner: invitee.owner, accountID: account),
                        credential: .publicToken(success.publicToken),
                        reference: invitee.reference,
                        position: invitee.position
                    )
                }
            }
            return rows.isEmpty
                ? Finding(outcome: .exited, ending: .exit(errorCode: nil))
                : Finding(outcome: .succeeded, rows: rows, ending: .success)
        }
    }
}

extension [LinkSession] {
    /// The one that says most: a success wherever there is one, else the newest.
    var telling: LinkSession.Outcome {
        for session in self {
            if case .success = session.outcome { return session.outcome }
        }
        return last?.outcome ?? .open
    }
}

extension Invitee {
    /// The row that a repaired connection is about; nothing where account or token are not known.
    var row: InputRow? {
        guard let accountID, let accessToken else { return nil }
        return InputRow(
            identity: Identity(owner: owner, accountID: accountID),
            credential: .accessToken(accessToken),
            reference: reference,
            position: position
        )
    }
}
