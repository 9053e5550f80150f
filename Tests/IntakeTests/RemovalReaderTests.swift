import Domain
import Intake
import Testing

/// Which lines name links to remove.
@Suite struct RemovalReaderTests {
    private static func read(_ text: String, name: String = "links.csv") async throws -> RemovalBatch {
        var reader = RemovalReader(name: name, source: ArraySource(Array(text.utf8), pieceSize: 7))
        try await reader.open()
        var all = RemovalBatch()
        while let batch = try await reader.next() {
            all.orders += batch.orders
            all.invalid += batch.invalid
        }
        return all
    }

    @Test(arguments: [
        ("customer_id\nc1", InputField.linkedAccountID), ("linked_account_id\nl1", .customerID),
        ("account_id,access_token\na,b", .linkedAccountID),
    ])
    func refusesAListWithoutItsColumns(text: String, missing: InputField) async {
        let found = String(text.prefix { $0 != "\n" }).split(separator: ",").map(String.init)
        await #expect(throws: IntakeError.noRemovalColumn(file: "links.csv", field: missing, found: found)) {
            _ = try await Self.read(text)
        }
    }

    @Test(arguments: [
        ("customer_id,linked_account_id\n,l1", InvalidRow.Reason.missingValue),
        ("customer_id,linked_account_id\nc1,", .missingValue),
        ("customer_id,business_id,linked_account_id\nc1,b1,l1", .twoOwners),
        ("customer_id,linked_account_id\nc1", .wrongFieldCount),
        ("customer_id,linked_account_id\nc1,access-sandbox-11111111-2222-4333-8444-555555555555", .tokenInWrongField),
    ])
    func aLineThatNamesNoLinkIsInvalid(text: String, reason: InvalidRow.Reason) async throws {
        let batch = try await Self.read(text + "\nc2,\(text.contains("business") ? "," : "")l2")
        #expect(batch.invalid.map(\.reason) == [reason])
        #expect(batch.invalid.first?.line == 2)
        #expect(batch.orders.map(\.linkedAccountID) == ["l2"], "it stops no other line")
    }

    @Test(arguments: [
        "customer_id,linked_account_id\nc1,l1", "Bond Customer-ID,BOND_LINKED_ACCOUNT_ID,x\nc1, l1 ,y",
        "linked account id,account_id,customer_id\nl1,a1,c1",
        "reference,customer_id,business_id,account_id,state,action,linked_account_id\nr,c1,,a1,linked,none,l1",
    ])
    func findsTheColumnsAsTheIntakeDoes(text: String) async throws {
        let order = RemovalOrder(owner: Owner(kind: .customer, id: "c1"), linkedAccountID: "l1")
        #expect(try await Self.read(text) == RemovalBatch(orders: [order]))
    }

    @Test func readsJSONLinesAndBusinesses() async throws {
        let text = """
            {"customer_id":null,"business_id":"b1","linked_account_id":"0F0F0F0F-1111-4222-8333-444444444444"}

            """
        let batch = try await Self.read(text.replacing("\"customer_id\":null,", with: ""), name: "links.jsonl")
        #expect(batch.orders.map(\.owner) == [Owner(kind: .business, id: "b1")])
        #expect(batch.orders.map(\.linkedAccountID) == ["0f0f0f0f-1111-4222-8333-444444444444"])
    }

    @Test func theRunsIntakeKnowsNoSuchColumn() async throws {
        let text = "customer_id,account_id,access_token,linked_account_id,bond_linked_account_id\nc,a,t,l,l\n"
        #expect(try await Reading.summary(text) == ["row 2"])
    }
}
