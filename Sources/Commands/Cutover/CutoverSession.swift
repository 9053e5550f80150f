import Domain
import Ledger
import Pacing
import Pipeline
import Reports

/// Planning a cut-over, from opening the ledger to the summary.
struct CutoverSession: Sendable {
    let wiring: Wiring
    let path: LedgerPlace
    let invocation: Invocation
    let isQuiet: Bool
    let isJSON: Bool

    /// Writes the plan, and sums up; a plan that was cut short is none.
    ///
    /// - Parameters:
    ///   - output: The plan's file; nothing means standard output.
    ///   - read: The files that it must not take the place of.
    /// - Returns: The exit code.
    /// - Throws: `CommandFailure`, and what the ledger throws.
    func perform(_ output: String?, sparing read: FilesRead) async throws -> Int32 {
        var opening = wiring.opening(.resolve, path: path, command: invocation.command)
        let ledger = try await LockWait.open(wiring.deployment.waitLock) {
            opening = wiring.opening(.resolve, path: path, command: invocation.command)
            return opening
        }
        let destination = try OutputDestination(path: output, sparing: read)
        let board = RunBoard()
        var summary = CutoverSummary(runID: opening.runID, startedAt: opening.startedAt, ledger: path.description)
        try await wiring.withTools(ledger: ledger) { tools in
            let control = RunControl(board: board, gates: [tools.bondGate], sleepers: wiring.sleepers)
            let planner = CutoverPlanner(tools: tools, board: board, control: control, ledger: ledger)
            try await Interruption.watching(control, giveUp: wiring.giveUp) {
                try await write(planner, to: destination, &summary)
            }
        }
        summary.stop = board.stop
        if summary.isWhole {
            try destination.complete()
            summary.output = output
        }
        try await finish(&summary, board, ledger)
        return summary.verdict.exitCode
    }

    private func write(
        _ planner: CutoverPlanner,
        to destination: OutputDestination,
        _ summary: inout CutoverSummary
    ) async throws {
        let table = CutoverTable()
        var buffer: [UInt8] = []
        var told = Surroundings.now()
        table.appendHeader(to: &buffer)
        try await planner.perform { owner, outcome in
            summary.add(outcome)
            if let line = CutoverText.line(owner, outcome) { Console.tell(line, event: .problem) }
            if case .rows(let rows) = outcome { for row in rows { table.append(row, to: &buffer) } }
            if buffer.count >= Self.pieceSize {
                try destination.write(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
            let now = Surroundings.now()
            guard !isQuiet, now.since(told) >= .seconds(10) else { return }
            told = now
            Console.tell("relink: \(CutoverText(summary).progress).", isTimed: true)
        }
        try destination.write(buffer)
    }

    private static let pieceSize = 64 * 1_024

    private func finish(_ summary: inout CutoverSummary, _ board: RunBoard, _ ledger: LedgerWriter) async throws {
        summary.finishedAt = Surroundings.now()
        summary.calls = board.calls[.bond] ?? .init()
        try await ledger.finish(at: summary.finishedAt)
        if summary.verdict.exitCode != 0 { summary.next = invocation.command }
        if isJSON {
            try Console.write(line: CutoverDocument(summary).json)
        } else if !isQuiet {
            Console.tell(CutoverText(summary).text)
        }
        guard isJSON || isQuiet, let stop = summary.stop else { return }
        Console.tell("relink: \(SummaryDocumentText.reason(stop))")
    }
}
