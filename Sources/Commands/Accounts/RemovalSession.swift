import Domain
import Ledger
import Pacing
import Pipeline
import Reports

/// Removing links, from opening the ledger to the summary.
struct RemovalSession: Sendable {
    let wiring: Wiring
    let path: LedgerPlace
    let invocation: Invocation
    let form: RemovalForm
    let cardAccount: String?
    let isQuiet: Bool
    let isJSON: Bool
    /// The command's words, for the title of what is told.
    var title = "accounts remove"
    /// The most links of one owner that are removed by one list.
    var groupSize = 50

    /// Removes what `source` names, and tells what became of each link.
    ///
    /// - Parameters:
    ///   - source: The links.
    ///   - keepsAll: Whether the document has every link, and not only those that need somebody.
    /// - Returns: The exit code.
    /// - Throws: `CommandFailure`, and what the ledger and `source` throw.
    func perform<Source: RemovalSource>(_ source: Source, keepsAll: Bool) async throws -> Int32 {
        var opening = opening()
        let ledger = try await LockWait.open(wiring.deployment.waitLock) {
            opening = self.opening()
            return opening
        }
        let board = RunBoard()
        var summary = RemovalSummary(
            runID: opening.runID,
            startedAt: opening.startedAt,
            ledger: path.description,
            keepsAll: keepsAll
        )
        summary.command = title
        var failure: (any Error)?
        try await wiring.withTools(ledger: ledger) { tools in
            let control = RunControl(board: board, gates: [tools.bondGate], sleepers: wiring.sleepers)
            do {
                try await Interruption.watching(control, giveUp: wiring.giveUp) {
                    try await remove(source, tools, board, control, ledger, &summary)
                }
            } catch {
                failure = error
            }
        }
        if let failure { summary.failedVerdict = RunVerdict(unreadableInput: failure) }
        try await finish(&summary, board, ledger)
        if let failure { throw failure }
        return summary.verdict.exitCode
    }

    private func remove<Source: RemovalSource>(
        _ source: Source,
        _ tools: RunTools,
        _ board: RunBoard,
        _ control: RunControl,
        _ ledger: LedgerWriter,
        _ summary: inout RemovalSummary
    ) async throws {
        let remover = Remover(
            tools: tools,
            board: board,
            control: control,
            removals: ledger,
            form: form,
            cardAccount: cardAccount
        )
        let window = RemovalWindow(
            remover: remover,
            control: control,
            width: wiring.settings.concurrency,
            groupSize: groupSize
        )
        try await window.perform(source) { event in
            switch event {
            case .result(let result):
                summary.add(result)
                if !isJSON, !isQuiet { try Console.write(line: RemovalText.line(result)) }
            case .invalid(let row):
                summary.invalid += 1
                Console.tell(row)
            case .unapproved(let count): summary.unapproved += count
            }
        }
    }

    /// Sums up, and notes in the ledger that the command came to its end.
    private func finish(_ summary: inout RemovalSummary, _ board: RunBoard, _ ledger: LedgerWriter) async throws {
        summary.finishedAt = Surroundings.now()
        summary.calls = board.calls[.bond] ?? .init()
        summary.stop = board.stop
        if case .unwritable = board.stop, let error = ledger.failure {
            let code = CommandFailure(error).exitCode
            summary.failedVerdict = RunVerdict(outcome: code == 75 ? .locked : .unwritable, exitCode: code)
        } else {
            try await ledger.finish(at: summary.finishedAt)
        }
        summary.next = next(summary)
        if isJSON {
            try Console.write(line: RemovalDocument(summary).json)
            if let stop = summary.stop { Console.tell("relink: \(SummaryDocumentText.reason(stop))") }
        } else if !isQuiet {
            try Console.write(line: RemovalText(summary).text)
        }
    }

    private func next(_ summary: RemovalSummary) -> String? {
        if summary.verdict.exitCode == 0 { return nil }
        func first(_ wanted: RemovalResult.Outcome...) -> RemovalResult? {
            summary.results.first { wanted.contains($0.outcome) }
        }
        if summary.stop == nil, first(.unreached, .unsettled) == nil {
            if first(.heldUp) != nil { return invocation.command(["reconcile"], keeping: Invocation.lasting) }
            if let result = first(.notListed, .refused) {
                let owner = result.order.owner
                let words = ["accounts", "list", owner.id] + (owner.kind == .business ? ["--business"] : [])
                return invocation.command(words, keeping: Invocation.lasting)
            }
        }
        return invocation.command
    }

    /// What a person decides about links, as `resolve` does.
    private func opening() -> LedgerOpening {
        wiring.opening(.resolve, path: path, command: invocation.command)
    }
}
