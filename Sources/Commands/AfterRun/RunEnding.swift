import ArgumentParser
import Domain

/// How a run ended, as hooks are told.
struct RunEnding: Sendable {
    let exitCode: Int32
    /// The summary's word; nothing where the run had none and the exit code says it all.
    let outcome: RunOutcome?
    /// Nothing where the run did not get as far as its ledger.
    let summary: RunSummary?

    /// The end of a run that sums up.
    init(_ summary: RunSummary) {
        exitCode = summary.verdict.exitCode
        outcome = summary.verdict.outcome
        self.summary = summary
    }

    /// The end of a run that threw.
    init(_ error: any Error) {
        exitCode = (error as? CommandFailure)?.exitCode ?? RelinkCommand.exitCode(for: error).rawValue
        outcome = Self.outcome(exitCode)
        summary = nil
    }

    private static func outcome(_ exitCode: Int32) -> RunOutcome? {
        switch CommandFailure.Code(rawValue: exitCode) {
        case .misconfigured: .misconfigured
        case .refused: .refused
        case .tryLater: .unavailable
        case .cannotCreate, .cannotWrite: .unwritable
        default: nil
        }
    }
}
