package import Domain

/// A row with every API call made for it.
package struct RowHistory: Sendable, Equatable {
    package let row: ReportRow
    /// Oldest first.
    package let attempts: [RecordedAttempt]
}

/// An API call and the run that made it.
package struct RecordedAttempt: Sendable, Equatable {
    package let runID: String
    package let attempt: Attempt
}
