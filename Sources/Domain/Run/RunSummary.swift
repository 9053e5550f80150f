/// What a run did, for scripts (`--json`) and for the last lines on the screen.
package struct RunSummary: Sendable, Equatable {
    /// Rows of the input: `read = valid + invalid + duplicate`, `valid = skipped + attempted + unreached`.
    package struct Rows: Sendable, Equatable {
        package var invalid = 0
        package var duplicate = 0
        package var skipped = 0
        package var attempted = 0
        package var unreached = 0

        package init() {}

        package var valid: Int { skipped + attempted + unreached }
        package var read: Int { valid + invalid + duplicate }
    }

    /// Calls to one API: `sent = ok + rateLimited + failed`.
    package struct Calls: Sendable, Equatable {
        package var ok = 0
        package var rateLimited = 0
        package var failed = 0

        package init() {}

        package var sent: Int { ok + rateLimited + failed }
    }

    package var runID: String
    package var verdict: RunVerdict
    package var rows = Rows()
    /// The whole ledger by state, and this run's invalid rows.
    package var states: [RowState: Int] = [:]
    package var calls: [API: Calls] = [:]
    /// The rate that was given for each API, in calls a second; nothing where there was no limit.
    package var ratesGiven: [API: Double] = [:]
    /// Processor tokens that Plaid made and nobody uses, in the whole ledger.
    package var orphanTokens = 0
    /// Rows this run found linked by listing.
    package var recovered = 0
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    /// How long another run held the ledger before this one began; for people, not part of the document.
    package var waited = Duration.zero
    /// The ledger's absolute path.
    package var ledger: String
    /// The files that were written besides the ledger; for people, not part of the document.
    package var files: [String] = []
    /// The command to type now; nothing at exit 0.
    package var next: String?
    /// What became of customers' times with Plaid Link; nothing where the run was not about them.
    package var sessions: [SessionOutcome: Int]?
    /// Why the run ended early, for people; not part of the document.
    package var stop: RunStop?

    package init(
        runID: String,
        verdict: RunVerdict,
        startedAt: Timestamp,
        finishedAt: Timestamp,
        ledger: String
    ) {
        self.runID = runID
        self.verdict = verdict
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.ledger = ledger
    }
}
