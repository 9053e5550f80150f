/// Which rows a report is about; what is not named does not matter.
package struct RowFilter: Sendable, Equatable {
    /// Only rows in these states.
    package var states: Set<RowState>?
    /// Only rows whose state was last settled at this moment or later.
    package var since: Timestamp?
    /// Only rows that the run of this number brought in, called an API for, or changed, and its invalid rows.
    package var run: Int64?
    /// Only rows whose connection to the bank needs its user.
    package var isUnhealthy: Bool

    /// Makes a filter; without anything it takes every row.
    package init(states: Set<RowState>? = nil, since: Timestamp? = nil, run: Int64? = nil, isUnhealthy: Bool = false) {
        self.states = states
        self.since = since
        self.run = run
        self.isUnhealthy = isUnhealthy
    }
}
