package import Domain

/// What a ledger holds now, as `relink status` shows it.
package struct LedgerStatus: Sendable, Equatable {
    /// One run on record.
    package struct Run: Sendable, Equatable {
        /// The run's id.
        package let id: String
        /// When it began.
        package let startedAt: Timestamp
        /// Nothing while it goes on, and for good where it was killed.
        package let finishedAt: Timestamp?
        /// How it ended; nothing where it has not.
        package let outcome: RunOutcome?
        /// Rows attempted, so far where the run goes on.
        package let attempted: Int

        /// Makes a run as the ledger has it.
        package init(
            id: String,
            startedAt: Timestamp,
            finishedAt: Timestamp?,
            outcome: RunOutcome?,
            attempted: Int
        ) {
            self.id = id
            self.startedAt = startedAt
            self.finishedAt = finishedAt
            self.outcome = outcome
            self.attempted = attempted
        }
    }

    /// A worker on a ledger on a server.
    package struct Worker: Sendable, Equatable {
        /// Who it is: the process and its machine.
        package let holder: String
        /// The id of its run.
        package let runID: String
        /// Whether its lease is over: the next worker to look takes over what it had in hand.
        package let isOverdue: Bool

        /// Makes a worker as the ledger has it.
        package init(holder: String, runID: String, isOverdue: Bool) {
            (self.holder, self.runID, self.isOverdue) = (holder, runID, isOverdue)
        }
    }

    /// The ledger's absolute path.
    package var ledger: String
    /// The environment it belongs to.
    package var environment: DeploymentEnvironment
    /// Whether a run goes on now.
    package var isRunning: Bool
    /// Who is at work on a ledger on a server.
    package var workers: [Worker] = []
    /// The ledger's rows by state.
    package var states: [RowState: Int] = [:]
    /// The most frequent errors, the most frequent first.
    package var errors: [ErrorCount] = []
    /// The last runs, the newest first.
    package var runs: [Run] = []
    /// The rates learned from the APIs' refusals, in calls a minute.
    package var learnedRates: [API: Double] = [:]
    /// Processor tokens that Plaid made and nobody uses.
    package var orphanTokens = 0
    /// Links whose DELETE may have left, and of which Bond's list has not told yet whether they are gone.
    package var openRemovals = 0
    /// Rows that are linked and whose connection to the bank needs its user.
    package var unhealthyRows = 0
    /// Rows whose account seems to have a new id at Plaid.
    package var proposals = 0
    /// Access tokens that exist here and, as far as the ledger knows, nowhere else.
    package var unexportedTokens = 0
    /// When an Item was last checked; nothing where none was.
    package var itemsCheckedAt: Timestamp?

    /// Whether a run without an outcome is at work still: of a file's runs only the newest can be.
    func isGoingOn(_ run: Run) -> Bool {
        guard isRunning else { return false }
        return workers.isEmpty ? run == runs.first : workers.contains { $0.runID == run.id && !$0.isOverdue }
    }

    /// Whether the last run's process ended before the run did.
    var lastWasCutOff: Bool { !isRunning && runs.first.map { $0.outcome == nil } ?? false }

    /// Makes the status of an empty ledger.
    package init(ledger: String, environment: DeploymentEnvironment, isRunning: Bool = false) {
        self.ledger = ledger
        self.environment = environment
        self.isRunning = isRunning
    }
}
