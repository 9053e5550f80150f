import Domain
import Reports

/// Values for the tests; made up, all of them.
enum Samples {
    static let customer = Owner(kind: .customer, id: "4bcb1d14-3b1c-4a5c-9a0e-6b2f1f6b1a01")
    static let business = Owner(kind: .business, id: "biz 7")
    static let start = Timestamp(milliseconds: 1_795_424_700_250)

    /// A linked row with every column but those of an error.
    static var linked: ReportRow {
        var row = ReportRow(state: .linked, action: .none, attempts: 1)
        row.reference = "ref-1"
        row.owner = customer
        row.accountID = "BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp"
        row.linkedAccountID = "6f3e1b52-9c0d-4e0f-8a51-0e4f6c0a7d11"
        row.bondStatus = "active"
        row.verificationStatus = "instantly_verified"
        row.plaidRequestID = "q1w2e3"
        row.firstSeenAt = start
        row.updatedAt = start + .seconds(2)
        row.linkedAt = start + .seconds(2)
        row.runID = "run-1"
        row.inputFile = "rows.csv"
        row.inputLine = 2
        return row
    }

    /// A row of a business whose user must log in again.
    static var needsUser: ReportRow {
        var row = ReportRow(state: .needsUser, action: .updateMode)
        row.reference = "O'Hara, \"Jo\""
        row.owner = business
        row.accountID = "acc|2"
        row.failure = Failure(
            source: .plaid,
            type: "ITEM_ERROR",
            code: "ITEM_LOGIN_REQUIRED",
            message: "the login details\nhave changed",
            requestID: "r4t5"
        )
        row.runID = "run-1"
        return row
    }

    /// A line of input that could not be read.
    static var invalid: InvalidRow {
        InvalidRow(
            position: InputPosition(file: "rows.csv", line: 7),
            line: 8,
            column: 14,
            reason: .missingValue,
            message: "account_id is empty: fill it in",
            reference: "ref-3",
            owner: customer
        )
    }

    static var rows: [ReportRow] {
        [linked, needsUser, ReportRow(invalid, seenAt: start, runID: "run-1")]
    }

    /// A report of the rows as text.
    static func report(
        _ format: ReportFormat,
        of rows: [ReportRow],
        spreadsheetSafe: Bool = false,
        about subject: ReportSubject = ReportSubject()
    ) -> String {
        var report = RowReport(format: format, spreadsheetSafe: spreadsheetSafe, about: subject)
        var buffer: [UInt8] = []
        report.appendHeader(to: &buffer)
        for row in rows { report.append(row, to: &buffer) }
        report.appendFooter(to: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }
}
