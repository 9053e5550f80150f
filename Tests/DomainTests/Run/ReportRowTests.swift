import Domain
import Testing

@Suite struct ReportRowTests {
    @Test func invalidLineKeepsWhatCouldBeRead() {
        let owner = Owner(kind: .business, id: "b")
        let line = InvalidRow(
            position: InputPosition(file: "in.csv", line: 3),
            line: 4,
            column: 2,
            reason: .badUTF8,
            message: "bad bytes",
            reference: "r",
            owner: owner,
            accountID: "a"
        )
        let row = ReportRow(line, seenAt: Timestamp(milliseconds: 9), runID: "run")
        #expect((row.state, row.action, row.attempts) == (.invalid, .fixRow, 0))
        #expect(row.failure == Failure(source: .input, code: "bad_utf8", message: "bad bytes"))
        #expect((row.reference, row.owner, row.accountID) == ("r", owner, "a"))
        #expect((row.inputFile, row.inputLine, row.runID) == ("in.csv", 3, "run"))
        #expect(row.firstSeenAt == Timestamp(milliseconds: 9))
        #expect(row.updatedAt == row.firstSeenAt)
        #expect(row.linkedAt == nil && row.linkedAccountID == nil)
    }
}
