import Domain
import Intake
import Testing

/// Which lines claim a link.
@Suite struct AdoptionReaderTests {
    private static func read(
        _ text: String,
        name: String = "links.csv",
        columns: [InputField: String] = [:],
        businesses: Bool = false,
        delimiter: UInt8? = nil
    ) async throws -> AdoptionBatch {
        let options = IntakeOptions(
            columns: columns,
            delimiter: delimiter,
            businessOwners: businesses,
            environment: .sandbox
        )
        let source = ArraySource(Array(text.utf8), pieceSize: 7)
        var reader = AdoptionReader(name: name, source: source, options: options)
        try await reader.open()
        var all = AdoptionBatch()
        while let batch = try await reader.next() {
            all.adoptions += batch.adoptions
            all.invalid += batch.invalid
        }
        return all
    }

    @Test(arguments: [
        ("customer_id,account_id\nc,a", InputField.linkedAccountID), ("customer_id,linked_account_id\nc,l", .accountID),
        ("account_id,linked_account_id\na,l", .customerID),
    ])
    func refusesAnInputWithoutItsColumns(text: String, missing: InputField) async {
        let found = String(text.prefix { $0 != "\n" }).split(separator: ",").map(String.init)
        await #expect(throws: IntakeError.missingColumn(file: "links.csv", field: missing, found: found)) {
            _ = try await Self.read(text)
        }
    }

    @Test(arguments: [
        (",a1,l1", InvalidRow.Reason.missingValue), ("c1,,l1", .missingValue), ("c1,a1,", .missingValue),
        ("c1,a1", .wrongFieldCount), ("c1,a1,\u{1}l", .controlCharacter),
        ("c1,a1,access-sandbox-11111111-2222-4333-8444-555555555555", .tokenInWrongField),
        ("access-sandbox-11111111-2222-4333-8444-555555555555,a1,l1", .tokenInWrongField),
    ])
    func aLineThatClaimsNothingIsInvalidAndStopsNoOther(line: String, reason: InvalidRow.Reason) async throws {
        let batch = try await Self.read("customer_id,account_id,linked_account_id\n\(line)\nc2,a2,l2\n")
        #expect(batch.invalid.map(\.reason) == [reason])
        #expect(batch.invalid.first?.line == 2)
        #expect(batch.adoptions.map(\.linkedAccountID) == ["l2"])
        #expect(batch.invalid.first?.message.contains("access-sandbox") == false)
    }

    @Test(arguments: [
        "customer_id,account_id,linked_account_id\nc1,a1,l1",
        "Bond Customer-ID,PLAID_ACCOUNT_ID,BOND_LINKED_ACCOUNT_ID,access_token\nc1, a1 , l1 ,whatever",
        "reference,customer_id,business_id,account_id,state,action,linked_account_id\n,c1,,a1,linked,none,l1",
    ])
    func findsTheColumnsAsTheIntakeDoes(text: String) async throws {
        let claim = Adoption(
            identity: Identity(owner: Owner(kind: .customer, id: "c1"), accountID: "a1"),
            linkedAccountID: "l1",
            position: InputPosition(file: "links.csv", line: 2)
        )
        #expect(try await Self.read(text) == AdoptionBatch(adoptions: [claim]))
    }

    @Test(arguments: [("0000", "0000"), ("****1234", "1234"), ("123456789", "6789"), ("", nil), ("***", nil)])
    func ofAMaskTheLastDigitsCount(text: String, mask: String?) async throws {
        let batch = try await Self.read("customer_id,account_id,linked_account_id,mask\nc,a,l,\(text)\n")
        #expect(batch.adoptions.map(\.mask) == [mask])
    }

    @Test func businessesNeedTheFlagAndColumnsMayBeNamed() async throws {
        let text = "customer_id,business_id,plaid_account_id,bond_id\n,b1,a1,L\n"
        let columns = [InputField.linkedAccountID: "bond_id"]
        #expect(try await Self.read(text, columns: columns).invalid.map(\.reason) == [.businessOwner])
        let batch = try await Self.read(text, columns: columns, businesses: true)
        #expect(batch.adoptions.map(\.identity.owner) == [Owner(kind: .business, id: "b1")])
        let other = "customer_id;account_id;linked_account_id\nc;a;0F0F0F0F-1111-4222-8333-444444444444\n"
        let split = try await Self.read(other, delimiter: UInt8(ascii: ";"))
        #expect(split.adoptions.map(\.linkedAccountID) == ["0f0f0f0f-1111-4222-8333-444444444444"])
    }

    @Test func readsJSONLines() async throws {
        let text = #"{"customer_id":"c","account_id":"a","linked_account_id":"l","mask":"9999","reference":"r"}"# + "\n"
        let batch = try await Self.read(text + #"{"customer_id":"c","account_id":"a"}"# + "\n", name: "links.jsonl")
        #expect(batch.adoptions.map(\.mask) == ["9999"])
        #expect(batch.adoptions.map(\.reference) == ["r"])
        #expect(batch.invalid.map(\.reason) == [.missingValue])
    }
}
