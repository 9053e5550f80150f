/// Two runs, and how many rows differ between their ends.
package struct RunComparison: Sendable, Equatable {
    /// How many rows went the same way.
    package struct Count: Sendable, Equatable {
        package let kind: RowChange.Kind
        /// The state at the end of the earlier run; nothing where the rows were not there.
        package let before: RowState?
        /// The state at the end of the later run.
        package let after: RowState
        package let rows: Int

        /// Makes a count of a way.
        package init(_ kind: RowChange.Kind, before: RowState?, after: RowState, rows: Int) {
            self.kind = kind
            self.before = before
            self.after = after
            self.rows = rows
        }
    }

    /// The earlier run.
    package let before: RunOnRecord
    /// The later run.
    package let after: RunOnRecord
    /// The ways that rows went, in the order of kinds and states.
    package let counts: [Count]

    /// Makes a comparison.
    package init(before: RunOnRecord, after: RunOnRecord, counts: [Count]) {
        self.before = before
        self.after = after
        self.counts = counts
    }
}
