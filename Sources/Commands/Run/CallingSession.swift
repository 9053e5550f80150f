import Domain
import Ledger
import Pipeline

/// A command that is no run and calls the APIs for the lines of an input, with the ledger in its hands.
struct CallingSession: Sendable {
    /// What there is while it goes on, and to sum up from afterwards.
    struct Work: Sendable {
        let ledger: LedgerWriter
        let board: RunBoard
        let runID: String
        let startedAt: Timestamp
    }

    let wiring: Wiring
    let path: LedgerPlace
    let command: String
    /// What progress is told of; nothing where none is to be shown.
    var progress: String?

    /// Opens the ledger, waiting for it if that was asked for.
    ///
    /// - Throws: `LedgerError`, and `CommandFailure` 75 where it stays in use.
    func begin() async throws -> Work {
        var opening = wiring.opening(.resolve, path: path, command: command)
        let ledger = try await LockWait.open(wiring.deployment.waitLock) {
            // No run: what runs are counted by is left alone.
            opening = wiring.opening(.resolve, path: path, command: command)
            return opening
        }
        return Work(ledger: ledger, board: RunBoard(), runID: opening.runID, startedAt: opening.startedAt)
    }

    /// Calls the APIs until `body` is done or a signal ends it.
    ///
    /// - Parameters:
    ///   - work: What was begun.
    ///   - minimum: How many lines there have to be.
    ///   - body: Does it, and gives how many lines it met.
    /// - Returns: What went wrong with the input, for it to be thrown once all is summed up.
    /// - Throws: `CommandFailure` where no call can be made at all.
    func call(
        _ work: Work,
        minimum: RowMinimum,
        _ body: (RunTools, RunControl) async throws -> Int
    ) async throws -> (any Error)? {
        var failure: (any Error)?
        var lines = 0
        try await wiring.withTools(ledger: work.ledger) { tools in
            let control = RunControl(board: work.board, gates: [tools.plaidGate], sleepers: wiring.sleepers)
            do {
                try await Interruption.watching(control, giveUp: wiring.giveUp) {
                    let watch = CallWatch(name: progress ?? "", board: work.board, isQuiet: progress == nil)
                    lines = try await watch.showing { try await body(tools, control) }
                }
            } catch {
                failure = error
            }
        }
        if work.board.stop == nil, failure == nil, let shortage = minimum.shortage(rows: lines) {
            _ = work.board.note(.unusableInput(shortage))
        }
        if let why = work.board.unreached(.plaid) {
            _ = work.board.note(.unavailable("Plaid cannot be reached: \(why)"))
        }
        return failure
    }

    /// Ends the ledger's part.
    ///
    /// - Returns: The exit code of a ledger that could not be written, else that of `verdict`.
    func end(_ work: Work, _ verdict: RunVerdict, at: Timestamp) async throws -> Int32 {
        if work.ledger.failure == nil { try await work.ledger.finish(at: at) }
        return work.ledger.failure.map { CommandFailure($0).exitCode } ?? verdict.exitCode
    }
}
