import ArgumentParser
import Domain
import Ledger

/// What is done once a run has ended: the dead man's switch is told, then a hook is run.
///
/// Nothing that goes wrong here changes how the run ended; it is told on standard error.
struct AfterRun: Sendable {
    /// The run came to its end, whatever became of single rows.
    static let usualSuccessCodes: Set<Int32> = [0, 1, 3]

    let successCodes: Set<Int32>
    let onSuccess: String?
    let onFailure: String?
    let hookTimeout: Duration
    let heartbeat: Heartbeat?
    /// The ledger.
    let ledger: LedgerPlace

    /// Runs `body` and does what is to be done after it, also where it throws.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    func following(_ body: () async throws -> RunSummary) async throws -> RunSummary {
        await heartbeat?.tellOfStart()
        do {
            let summary = try await body()
            await conclude(RunEnding(summary))
            return summary
        } catch {
            await conclude(RunEnding(error))
            throw error
        }
    }

    private func conclude(_ ending: RunEnding) async {
        let isSuccess = successCodes.contains(ending.exitCode)
        await heartbeat?.tellOfEnd(isSuccess: isSuccess)
        guard let command = isSuccess ? onSuccess : onFailure else { return }
        let name = isSuccess ? Setting.onSuccess : .onFailure
        await Hook(name: "--\(name.rawValue)", command: command, timeout: hookTimeout).run(
            after: ending,
            ledger: ledger.description
        )
    }
}
