/// A row that is not at the end of one run what it was at the end of another.
package struct RowChange: Sendable, Equatable {
    /// What kind of change it is; the raw value is the report's `change`.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The row was not in the ledger yet.
        case added
        /// The row went from one state to another.
        case moved
        /// The state is the same, and its action or error another.
        case reason
    }

    /// What a row was at the end of a run.
    package struct Standing: Sendable, Equatable {
        package let state: RowState
        package let action: RowAction
        /// Who said why it is not linked.
        package let errorSource: String?
        /// Why it is not linked.
        package let errorCode: String?

        /// Makes a standing of its parts.
        package init(_ state: RowState, _ action: RowAction, errorSource: String? = nil, errorCode: String? = nil) {
            self.state = state
            self.action = action
            self.errorSource = errorSource
            self.errorCode = errorCode
        }
    }

    /// The row as it is now.
    package let row: ReportRow
    /// What it was at the end of the earlier run; nothing where it was not there.
    package let before: Standing?
    /// What it was at the end of the later run.
    package let after: Standing

    /// Makes a change of a row.
    package init(_ row: ReportRow, before: Standing?, after: Standing) {
        self.row = row
        self.before = before
        self.after = after
    }

    /// What kind of change it is.
    package var kind: Kind {
        guard let before else { return .added }
        return before.state == after.state ? .reason : .moved
    }
}
