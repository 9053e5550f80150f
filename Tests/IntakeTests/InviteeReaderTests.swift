import Domain
import Intake
import Testing

/// Which lines name somebody to invite.
@Suite struct InviteeReaderTests {
    private static let token = "access-sandbox-11111111-2222-4333-8444-555555555555"

    private static func read(_ text: String) async throws -> InviteeBatch {
        let options = IntakeOptions(environment: .sandbox)
        var reader = InviteeReader(
            name: "in.csv",
            source: ArraySource(Array(text.utf8), pieceSize: 7),
            options: options
        )
        var all = InviteeBatch()
        while let batch = try await reader.next() {
            all.invitees += batch.invitees
            all.invalid += batch.invalid
        }
        return all
    }

    @Test func anInputWithoutOwnersIsUnusable() async {
        let error = IntakeError.missingColumn(
            file: "in.csv",
            field: .customerID,
            found: ["account_id", "access_token"]
        )
        await #expect(throws: error) { _ = try await Self.read("account_id,access_token\na,b\n") }
    }

    @Test(arguments: [
        (",a,t", InvalidRow.Reason.missingValue), ("c1", .wrongFieldCount),
        ("c1,a,access-production-11111111-2222-4333-8444-555555555555", .wrongEnvironment),
        ("\(token),a,", .tokenInWrongField),
    ])
    func aLineThatCannotBeUsedStopsNoOther(line: String, reason: InvalidRow.Reason) async throws {
        let batch = try await Self.read("customer_id,account_id,access_token\n\(line)\nc2,,\n")
        #expect(batch.invalid.map(\.reason) == [reason])
        #expect(batch.invitees.map(\.owner.id) == ["c2"])
    }

    @Test func accountAndTokenMayBeMissing() async throws {
        let batch = try await Self.read("reference,customer_id,account_id,access_token\nr,c1,a1,\(Self.token)\n,c2,,\n")
        #expect(batch.invalid.isEmpty)
        let (first, second) = (try #require(batch.invitees.first), try #require(batch.invitees.last))
        #expect(first.accountID == "a1" && first.accessToken?.exposed == Self.token && first.reference == "r")
        #expect(second.accountID == nil && second.accessToken == nil && second.reference == nil)
        #expect(try await Self.read("customer_id\nc3\n").invitees.map(\.owner.id) == ["c3"])
    }
}
