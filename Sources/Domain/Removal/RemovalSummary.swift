/// What a removal of links did, for scripts (`--json`) and for the last lines on the screen.
package struct RemovalSummary: Sendable {
    package var runID: String
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    /// The ledger's absolute path.
    package var ledger: String
    /// How many links came to what.
    package private(set) var outcomes: [RemovalResult.Outcome: Int] = [:]
    /// Lines of the input that name no link.
    package var invalid = 0
    /// Lines of a plan that nobody approved.
    package var unapproved = 0
    /// The command's words, for the title of what is told.
    package var command = "accounts remove"
    package var calls = RunSummary.Calls()
    /// What became of single links: of each that was named, or, from a file, of the first that need somebody.
    package private(set) var results: [RemovalResult] = []
    /// Why it ended early.
    package var stop: RunStop?
    /// The command to type now; nothing at exit 0.
    package var next: String?
    /// Takes the place of the verdict where the ledger failed.
    package var failedVerdict: RunVerdict?

    /// The most results that are kept of a file's.
    private static let most = 100
    private let keepsAll: Bool

    /// Begins to sum up.
    ///
    /// - Parameters:
    ///   - runID: The name that the ledger has for this command's run.
    ///   - startedAt: When it began.
    ///   - ledger: The ledger's absolute path.
    ///   - keepsAll: Whether every link's result is kept, as for links named one by one.
    package init(runID: String, startedAt: Timestamp, ledger: String, keepsAll: Bool) {
        self.runID = runID
        self.startedAt = startedAt
        finishedAt = startedAt
        self.ledger = ledger
        self.keepsAll = keepsAll
    }

    /// Counts a result.
    package mutating func add(_ result: RemovalResult) {
        outcomes[result.outcome, default: 0] += 1
        let needsSomebody = ![.removed, .alreadyRemoved].contains(result.outcome)
        if keepsAll || (needsSomebody && results.count < Self.most) { results.append(result) }
    }

    /// Links that were to be removed.
    package var links: Int { outcomes.values.reduce(0, +) }

    /// How it ended.
    package var verdict: RunVerdict {
        func some(_ wanted: RemovalResult.Outcome...) -> Bool { wanted.contains { outcomes[$0, default: 0] > 0 } }
        if let failedVerdict { return failedVerdict }
        if let stop { return RunVerdict(stop: stop, states: [:]) }
        if some(.unreached) { return RunVerdict(outcome: .unavailable, exitCode: 75) }
        if some(.unsettled, .heldUp) { return RunVerdict(outcome: .needsAttention, exitCode: 3) }
        if some(.notListed, .refused) || invalid > 0 { return RunVerdict(outcome: .rowsFailed, exitCode: 1) }
        return RunVerdict(outcome: .done, exitCode: 0)
    }
}
