import Domain
import Ledger
import Pacing
import Pipeline
import Reports

/// Inviting customers, from opening the ledger to the summary.
struct InvitationSession: Sendable {
    let wiring: Wiring
    let path: String
    let invocation: Invocation
    let form: LinkForm
    /// Only rows that the ledger has in one of these; nothing means all.
    let states: Set<RowState>?
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
        var opening = opening()
        let ledger = try await LockWait.open(wiring.deployment.waitLock) {
            opening = self.opening()
            return opening
        }
        let board = RunBoard()
        var summary = InvitationSummary(runID: opening.runID, startedAt: opening.startedAt, ledger: path)
        var failure: (any Error)?
        try await wiring.withTools(ledger: ledger) { tools in
            let control = RunControl(board: board, gates: [tools.plaidGate], sleepers: wiring.sleepers)
            do {
                try await Interruption.watching(control, giveUp: wiring.giveUp) {
                    summary.outcomes = try await inviter(tools, board, control, ledger).perform(source) { row in
                        Console.tell(row)
                    }
                }
            } catch {
                failure = error
            }
        }
        if board.stop == nil, failure == nil,
            let shortage = source.minimum.shortage(rows: summary.outcomes.values.reduce(0, +))
        {
            _ = board.note(.unusableInput(shortage))
        }
        // What was made is handed out, whatever kept the rest from being made.
        do {
            if ledger.failure == nil { summary.output = try await write(ledger) }
        } catch {
            failure = failure ?? error
        }
        try await finish(&summary, board, ledger)
        if let failure { throw failure }
        return ledger.failure.map { CommandFailure($0).exitCode } ?? summary.verdict.exitCode
    }

    private func inviter(
        _ tools: RunTools,
        _ board: RunBoard,
        _ control: RunControl,
        _ ledger: LedgerWriter
    ) -> Inviter {
        Inviter(
            tools: tools,
            board: board,
            control: control,
            invitations: ledger,
            policy: InvitationPolicy(now: Surroundings.now(), form: form, states: states)
        )
    }

    private func finish(_ summary: inout InvitationSummary, _ board: RunBoard, _ ledger: LedgerWriter) async throws {
        if let why = board.unreached(.plaid) { _ = board.note(.unavailable("Plaid cannot be reached: \(why)")) }
        summary.finishedAt = Surroundings.now()
        summary.calls = board.calls[.plaid] ?? .init()
        summary.stop = board.stop
        if ledger.failure == nil { try await ledger.finish(at: summary.finishedAt) }
        if summary.verdict.exitCode != 0 { summary.next = invocation.command }
        if isJSON {
            try Console.write(line: InvitationDocument(summary).json)
        } else if !isQuiet {
            Console.tell(InvitationText(summary).text)
        }
        guard isJSON || isQuiet, let stop = summary.stop else { return }
        Console.tell("relink: \(SummaryDocumentText.reason(stop))")
    }

    /// No run: what runs are counted by is left alone.
    private func opening() -> LedgerOpening {
        wiring.opening(.resolve, path: path, command: invocation.command)
    }
}
