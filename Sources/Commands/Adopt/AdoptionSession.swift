import Domain
import Intake
import Ledger
import Pacing
import Pipeline
import Reports

/// Adopting links, from opening the ledger to the summary.
struct AdoptionSession: Sendable {
    let wiring: Wiring
    let path: LedgerPlace
    let invocation: Invocation
    /// Whether a ledger may be made where there is none.
    let mayCreate: Bool
    let isQuiet: Bool
    let isJSON: Bool

    /// Adopts what `source` claims, and tells what was not adopted.
    ///
    /// - Parameter source: The input.
    /// - Returns: The exit code.
    /// - Throws: `CommandFailure`, and what the ledger and `source` throw.
    func perform(_ source: AdoptionFiles) async throws -> Int32 {
        var opening = opening()
        let ledger = try await LockWait.open(wiring.deployment.waitLock) {
            opening = self.opening()
            return opening
        }
        let board = RunBoard()
        var summary = AdoptionSummary(runID: opening.runID, startedAt: opening.startedAt, ledger: path.description)
        var failure: (any Error)?
        try await wiring.withTools(ledger: ledger) { tools in
            let control = RunControl(board: board, gates: [tools.bondGate], sleepers: wiring.sleepers)
            let adopter = Adopter(tools: tools, board: board, control: control, adoptions: ledger)
            do {
                try await Interruption.watching(control, giveUp: wiring.giveUp) {
                    try await adopt(source, adopter, &summary)
                }
            } catch {
                failure = error
            }
        }
        if board.stop == nil, failure == nil,
            let shortage = source.minimum.shortage(rows: summary.links + summary.invalid)
        {
            _ = board.note(.unusableInput(shortage))
        }
        if let failure { summary.failedVerdict = RunVerdict(unreadableInput: failure) }
        try await finish(&summary, board, ledger)
        if let failure { throw failure }
        return summary.verdict.exitCode
    }

    private func adopt(_ source: AdoptionFiles, _ adopter: Adopter, _ summary: inout AdoptionSummary) async throws {
        var told = Surroundings.now()
        try await adopter.perform(source) { event in
            switch event {
            case .result(let result):
                summary.add(result)
                if !result.isDone { Console.tell(AdoptionText.line(result), event: .problem) }
            case .invalid(let row):
                summary.invalid += 1
                Console.tell(row)
            case .excluded(let count): summary.excluded += count
            }
            let now = Surroundings.now()
            guard !isQuiet, now.since(told) >= Self.interval else { return }
            told = now
            Console.tell("relink: \(AdoptionText(summary).progress).", isTimed: true)
        }
    }

    /// How often it is told how far it is.
    private static let interval = Duration.seconds(10)

    /// Sums up, and notes in the ledger that the command came to its end.
    private func finish(_ summary: inout AdoptionSummary, _ board: RunBoard, _ ledger: LedgerWriter) async throws {
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
            try Console.write(line: AdoptionDocument(summary).json)
            if let stop = summary.stop { Console.tell("relink: \(SummaryDocumentText.reason(stop))") }
        } else if !isQuiet {
            try Console.write(line: AdoptionText(summary).text)
        }
    }

    private func next(_ summary: AdoptionSummary) -> String? {
        if summary.verdict.exitCode == 0 { return nil }
        let isHeldUp = summary.outcomes[.heldUp, default: 0] > 0
        if summary.stop == nil, summary.outcomes[.unreached, default: 0] == 0, isHeldUp {
            return invocation.command(["reconcile"], keeping: Invocation.lasting)
        }
        return invocation.leavingOut(flag: "--new-ledger").command
    }

    /// What a person vouches for, as `resolve` does; no run.
    private func opening() -> LedgerOpening {
        var opening = wiring.opening(.resolve, path: path, command: invocation.command)
        opening.mayCreate = mayCreate
        return opening
    }
}

extension RunVerdict {
    /// What an input that cannot be read on comes to.
    init(unreadableInput failure: any Error) {
        let code = (failure as? CommandFailure) ?? (failure as? IntakeError).map { CommandFailure($0) }
        self.init(outcome: .unwritable, exitCode: code?.exitCode ?? CommandFailure.Code.cannotWrite.rawValue)
    }
}
