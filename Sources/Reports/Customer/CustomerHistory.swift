package import Domain

/// One owner's rows with every attempt on record, as `relink show` prints them.
package struct CustomerHistory: Sendable, Equatable {
    /// One API call about a row.
    package struct Call: Sendable, Equatable {
        /// The run that made it.
        package let runID: String
        /// What was called, and what came of it.
        package let attempt: Attempt

        /// Makes a call of a run.
        package init(runID: String, attempt: Attempt) {
            self.runID = runID
            self.attempt = attempt
        }
    }

    /// A row with its calls.
    package struct Row: Sendable, Equatable {
        /// The row as a report has it.
        package let row: ReportRow
        /// Its calls, the oldest first.
        package let calls: [Call]

        /// Makes a row with its calls.
        package init(_ row: ReportRow, calls: [Call]) {
            self.row = row
            self.calls = calls
        }
    }

    /// Whose rows they are.
    package let owner: Owner
    /// The owner's rows.
    package let rows: [Row]

    /// Makes a history of an owner.
    package init(owner: Owner, rows: [Row]) {
        self.owner = owner
        self.rows = rows
    }
}
