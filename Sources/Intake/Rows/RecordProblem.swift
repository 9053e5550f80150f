import Domain

/// What is wrong with a record, before its place was turned into a line and a column.
struct RecordProblem: Error {
    let reason: InvalidRow.Reason
    /// Where the problem stands in the raw bytes.
    let offset: Int
    let message: String
    var reference: String?
    var owner: Owner?
    var accountID: String?

    /// Whether a stray quote, which makes one record of many lines, could have led to this.
    var mayComeOfStrayQuote: Bool {
        switch reason {
        case .wrongFieldCount, .badQuoting, .recordTooLong, .controlCharacter, .tokenInWrongField: true
        default: false
        }
    }

    /// The problem as a report has it; `line` and `column` are those of the problem itself.
    func invalidRow(at position: InputPosition, line: Int, column: Int) -> InvalidRow {
        InvalidRow(
            position: position,
            line: line,
            column: column,
            reason: reason,
            message: message,
            reference: reference,
            owner: owner,
            accountID: accountID
        )
    }
}
