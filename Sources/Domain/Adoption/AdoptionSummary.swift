/// What an adoption of links did, for scripts (`--json`) and for the last lines on the screen.
package struct AdoptionSummary: Sendable {
    package var runID: String
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    /// The ledger's absolute path.
    package var ledger: String
    /// How many lines came to what.
    package private(set) var outcomes: [AdoptionResult.Outcome: Int] = [:]
    /// Lines that claim no link.
    package var invalid = 0
    /// Valid lines that the user had left out.
    package var excluded = 0
    /// Adopted links that money cannot move over yet, by what Bond lists.
    package private(set) var unusable = 0
    package var calls = RunSummary.Calls()
    /// The first lines that need somebody.
    package private(set) var results: [AdoptionResult] = []
    /// Why it ended early.
    package var stop: RunStop?
    /// The command to type now; nothing at exit 0.
    package var next: String?
    /// Takes the place of the verdict where ledger or input failed.
    package var failedVerdict: RunVerdict?

    /// The most results that are kept.
    private static let most = 100

    /// Begins to sum up.
    ///
    /// - Parameters:
    ///   - runID: The name that the ledger has for this command's run.
    ///   - startedAt: When it began.
    ///   - ledger: The ledger's absolute path.
    package init(runID: String, startedAt: Timestamp, ledger: String) {
        self.runID = runID
        self.startedAt = startedAt
        finishedAt = startedAt
        self.ledger = ledger
    }

    /// Counts a result.
    package mutating func add(_ result: AdoptionResult) {
        outcomes[result.outcome, default: 0] += 1
        if result.outcome == .adopted, result.account?.isUsable == false { unusable += 1 }
        if !result.isDone, results.count < Self.most { results.append(result) }
    }

    /// Lines that claim a link.
    package var links: Int { outcomes.values.reduce(0, +) }

    /// How it ended.
    package var verdict: RunVerdict {
        if let failedVerdict { return failedVerdict }
        if let stop { return RunVerdict(stop: stop, states: [:]) }
        if outcomes[.unreached, default: 0] > 0 { return RunVerdict(outcome: .unavailable, exitCode: 75) }
        let done = outcomes[.adopted, default: 0] + outcomes[.alreadyLinked, default: 0]
        if done < links || invalid > 0 { return RunVerdict(outcome: .rowsFailed, exitCode: 1) }
        return RunVerdict(outcome: .done, exitCode: 0)
    }
}
