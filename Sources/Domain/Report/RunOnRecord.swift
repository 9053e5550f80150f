/// A writing command as the ledger remembers it, with what it came to where that is on record.
package struct RunOnRecord: Sendable, Equatable {
    /// The ledger's number for it; later ones are higher.
    package let number: Int64
    /// The name that people and scripts know it by.
    package let id: String
    /// When it began.
    package let startedAt: Timestamp
    /// Nothing while it goes on, and for good where it was killed.
    package let finishedAt: Timestamp?
    /// How it ended; nothing where it has not, and where it was no run.
    package let outcome: RunOutcome?
    /// Rows attempted, where that is on record.
    package let attempted: Int?
    /// The whole ledger by state when it ended; empty where that is not on record.
    package var states: [RowState: Int] = [:]
    /// Its calls; empty where they are not on record.
    package var calls: [API: RunSummary.Calls] = [:]
    /// The rate it was given for each API, in calls a second; nothing where there was no limit.
    package var ratesGiven: [API: Double] = [:]

    /// Makes a run of what the ledger's list of runs says.
    package init(
        number: Int64,
        id: String,
        startedAt: Timestamp,
        finishedAt: Timestamp?,
        outcome: RunOutcome?,
        attempted: Int?
    ) {
        self.number = number
        self.id = id
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.outcome = outcome
        self.attempted = attempted
    }

    /// Rows that were not linked when it ended; nothing where that is not on record.
    package var openRows: Int? {
        states.isEmpty ? nil : states.filter { $0.key != .linked }.values.reduce(0, +)
    }
}
