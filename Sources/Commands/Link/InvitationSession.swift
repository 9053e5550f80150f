import Domain
import Ledger
import Pipeline
import Reports

/// Inviting customers, from opening the ledger to the summary.
struct InvitationSession: Sendable {
    let wiring: Wiring
    let path: LedgerPlace
    let invocation: Invocation
    let form: LinkForm
    let choice: InvitationChoice
    let isQuiet: Bool
    let isJSON: Bool

    /// Invites whom `source` names, writes the invitations, and sums up.
    ///
    /// - Parameters:
    ///   - source: The input.
    ///   - write: Writes the invitations that the ledger has of this run, and gives the file's name if there is one.
    /// - Returns: The exit code.
    /// - Throws: `CommandFailure`, and what the ledger and `source` throw.
    func perform(
        _ source: InviteeFiles,
        _ write: (LedgerWriter) async throws -> String?
    ) async throws -> Int32 {
        var session = CallingSession(wiring: wiring, path: path, command: invocation.command)
        session.progress = isQuiet ? nil : "link create"
        let work = try await session.begin()
        var summary = InvitationSummary(runID: work.runID, startedAt: work.startedAt, ledger: path.description)
        var failure = try await session.call(work, minimum: source.minimum) { tools, control in
            summary.outcomes = try await inviter(tools, control, work).perform(source) { Console.tell($0) }
            return summary.outcomes.values.reduce(0, +)
        }
        // What was made is handed out, whatever kept the rest from being made.
        do {
            if work.ledger.failure == nil { summary.output = try await write(work.ledger) }
        } catch {
            failure = failure ?? error
        }
        summary.finishedAt = Surroundings.now()
        summary.calls = work.board.calls[.plaid] ?? .init()
        summary.stop = work.board.stop
        if summary.verdict.exitCode != 0 { summary.next = invocation.command }
        let code = try await session.end(work, summary.verdict, at: summary.finishedAt)
        try show(summary)
        if let failure { throw failure }
        return code
    }

    private func inviter(_ tools: RunTools, _ control: RunControl, _ work: CallingSession.Work) -> Inviter {
        Inviter(
            tools: tools,
            board: work.board,
            control: control,
            invitations: work.ledger,
            policy: InvitationPolicy(now: Surroundings.now(), form: form, choice: choice)
        )
    }

    private func show(_ summary: InvitationSummary) throws {
        if isJSON {
            try Console.write(line: InvitationDocument(summary).json)
        } else if !isQuiet {
            Console.tell(InvitationText(summary).text)
        }
        guard isJSON || isQuiet, let stop = summary.stop else { return }
        Console.tell("relink: \(SummaryDocumentText.reason(stop))")
    }
}
