/// What a plan of a cut-over came to, for scripts (`--json`) and for the last lines on the screen.
package struct CutoverSummary: Sendable {
    /// What became of customers; the raw value is what scripts read.
    package enum Customers: String, Sendable, Hashable, CaseIterable {
        /// They have old links, which are in the plan.
        case planned
        /// They have none.
        case done
        /// Their old links stay for now.
        case notReady = "not_ready"
        /// Bond gives no list for them.
        case noList = "no_list"
        /// Bond was away, or the command was stopped.
        case unreached
    }

    package var runID: String
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    /// The ledger's absolute path.
    package var ledger: String
    /// How many customers came to what.
    package private(set) var customers: [Customers: Int] = [:]
    /// How many old links match how.
    package private(set) var links: [CutoverMatch: Int] = [:]
    package var calls = RunSummary.Calls()
    /// The plan's file; nothing where there is none.
    package var output: String?
    /// Why it ended early.
    package var stop: RunStop?
    /// The command to type now; nothing at exit 0.
    package var next: String?

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

    /// Counts a customer.
    package mutating func add(_ outcome: CutoverOutcome) {
        switch outcome {
        case .nothing: customers[.done, default: 0] += 1
        case .notReady: customers[.notReady, default: 0] += 1
        case .noList: customers[.noList, default: 0] += 1
        case .unreached: customers[.unreached, default: 0] += 1
        case .rows(let rows):
            customers[.planned, default: 0] += 1
            for row in rows { links[row.match, default: 0] += 1 }
        }
    }

    /// Whether every customer was looked at, so that there is a plan.
    package var isWhole: Bool { stop == nil && customers[.unreached, default: 0] == 0 }

    /// How it ended.
    package var verdict: RunVerdict {
        if let stop { return RunVerdict(stop: stop, states: [:]) }
        if customers[.unreached, default: 0] > 0 { return RunVerdict(outcome: .unavailable, exitCode: 75) }
        let left = customers[.notReady, default: 0] + customers[.noList, default: 0]
        return left > 0 ? RunVerdict(outcome: .rowsFailed, exitCode: 1) : RunVerdict(outcome: .done, exitCode: 0)
    }
}
