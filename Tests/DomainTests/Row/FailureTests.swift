import Domain
import Testing

@Suite struct FailureTests {
    @Test func namesTheBestCodeThereIs() {
        let bare = Refusal(api: .bond, status: 502)
        #expect(Failure(bare) == Failure(source: .bond, code: "http_502"))
        let full = Refusal(api: .plaid, status: 400, type: "T", code: "C", message: "M", requestID: "R")
        #expect(Failure(full) == Failure(source: .plaid, type: "T", code: "C", message: "M", requestID: "R"))
        #expect(Failure(full, code: "better").code == "better")
    }

    @Test func conflictingTokenNamesBothLines() {
        let owner = Owner(kind: .customer, id: "c")
        let row = InputRow(
            identity: Identity(owner: owner, accountID: "a"),
            credential: .accessToken(Secret("canary")),
            reference: "r",
            position: InputPosition(file: "b.csv", line: 9)
        )
        let invalid = InvalidRow.conflictingToken(row, first: InputPosition(file: "a.csv", line: 4))
        #expect(invalid.reason == .conflictingToken)
        #expect(invalid.position == row.position)
        #expect(invalid.line == 9)
        for part in ["line 9", "line 4", "a.csv"] { #expect(invalid.message.contains(part)) }
        #expect(!invalid.message.contains("canary"))
        #expect((invalid.owner, invalid.accountID, invalid.reference) == (owner, "a", "r"))
    }
}
