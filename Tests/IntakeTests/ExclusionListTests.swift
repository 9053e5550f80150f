import Domain
import Intake
import Testing

/// Which rows a list leaves out.
@Suite struct ExclusionListTests {
    private static func list(_ text: String, name: String = "out.csv") async throws -> ExclusionList {
        try await ExclusionList(name: name, source: ArraySource(Array(text.utf8), pieceSize: 5))
    }

    static let cases: [(list: String, contains: Bool)] = [
        ("customer_id,account_id\n\(Sample.owner),\(Sample.account)", true),
        ("customer_id,account_id\n\(Sample.owner.uppercased()), \(Sample.account) ", true),
        ("customer_id,account_id\n\(Sample.owner),other", false),
        ("customer_id,account_id\n\(Sample.otherOwner),\(Sample.account)", false),
        ("customer_id,account_id\n\(Sample.owner),", true),
        ("business_id\n\(Sample.owner)", false),
        ("Account ID\n\(Sample.account)", true),
        ("reference\nr1", true),
        ("reference\nr2", false),
        ("reference,customer_id\nr1,\(Sample.otherOwner)", false),
        ("reference,customer_id,state\nr2,\(Sample.owner),linked", true),
        ("customer_id,account_id,access_token\n\(Sample.owner),\(Sample.account),\(Sample.token)", true),
        ("reference\n", false),
    ]

    @Test(arguments: cases)
    func leavesOut(list: String, contains: Bool) async throws {
        #expect(try await Self.list(list).contains(Sample.row()) == contains)
    }

    @Test func readsJSONLines() async throws {
        let list = try await Self.list(
            "{\"customer_id\":\"\(Sample.owner)\"}\n{\"reference\":\"x\"}\n",
            name: "out.jsonl"
        )
        #expect(list.contains(Sample.row()) && list.contains(Sample.row(owner: "o", reference: "x")))
        #expect(
            !list.contains(Sample.row(owner: "o", reference: "y"))
                && !list.contains(Sample.row(owner: "o", reference: nil))
        )
    }

    @Test func refusesAListWithoutAUsableColumn() async {
        await #expect(throws: IntakeError.noExclusionColumn(file: "out.csv", found: ["name", "access_token"])) {
            _ = try await Self.list("name,access_token\na,b")
        }
    }

    @Test(arguments: [
        ("customer_id,account_id\na,b\n,\n", "out.csv:3:1: the line names no row"),
        ("customer_id,business_id\na,b\n", "out.csv:2:3: the row has a customer_id and a business_id"),
        ("reference\nr1\n\(Sample.token)\n", "out.csv:3:1: reference holds what looks like a Plaid token"),
        ("reference\nr1,r2\n", "out.csv:2:4: the record has 2 fields"),
    ])
    func refusesAListWithABadLine(text: String, message: String) async {
        do {
            _ = try await Self.list(text)
            Issue.record("the list was taken")
        } catch {
            #expect(String(describing: error).hasPrefix(message))
        }
    }

    @Test func anEmptyListLeavesOutNothing() {
        #expect(!ExclusionList().contains(Sample.row()))
    }
}
