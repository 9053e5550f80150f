/// How many rows rest on one error.
package struct ErrorCount: Sendable, Equatable {
    /// The error, as the first of the rows has it.
    package let failure: Failure
    /// What the first of the rows asks for, where it is known.
    package let action: RowAction?
    /// The rows that rest on it.
    package var count: Int

    /// Makes a count of an error's rows.
    package init(_ failure: Failure, action: RowAction? = nil, count: Int) {
        self.failure = failure
        self.action = action
        self.count = count
    }
}
