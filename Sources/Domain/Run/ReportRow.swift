/// One row of a report, with every column; texts are empty where there is nothing to say.
package struct ReportRow: Sendable, Equatable {
    package var reference: String?
    package var owner: Owner?
    package var accountID: String?
    package var state: RowState
    package var action: RowAction
    package var linkedAccountID: String?
    package var bondStatus: String?
    package var verificationStatus: String?
    package var failure: Failure?
    package var attempts: Int
    package var plaidRequestID: String?
    package var firstSeenAt: Timestamp?
    package var updatedAt: Timestamp?
    package var linkedAt: Timestamp?
    package var runID: String?
    package var inputFile: String?
    package var inputLine: Int?
    /// How the Item behind the row was when it was last checked; nothing where it never was.
    package var item: ItemStanding?

    package init(state: RowState, action: RowAction, attempts: Int = 0) {
        self.state = state
        self.action = action
        self.attempts = attempts
    }
}

extension ReportRow {
    /// The report's row for an invalid line of input.
    package init(_ row: InvalidRow, seenAt: Timestamp, runID: String) {
        self.init(state: .invalid, action: .fixRow)
        reference = row.reference
        owner = row.owner
        accountID = row.accountID
        failure = Failure(source: .input, code: row.reason.rawValue, message: row.message)
        firstSeenAt = seenAt
        updatedAt = seenAt
        self.runID = runID
        inputFile = row.position.file
        inputLine = row.position.line
    }
}
