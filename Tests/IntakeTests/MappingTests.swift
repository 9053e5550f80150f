import Domain
import Intake
import Testing

/// What `--map` does to columns and keys.
@Suite struct MappingTests {
    private static func options(_ columns: [InputField: String]) -> IntakeOptions {
        IntakeOptions(columns: columns, environment: .sandbox)
    }

    @Test func takesTheNamedColumn() async throws {
        let text = "who,account_id,access_token,our id\n\(Sample.line)"
        let options = Self.options([.customerID: "who", .reference: "our id"])
        #expect(try await Reading.events(text, options: options) == [.row(Sample.row())])
    }

    @Test func forgetsTheAliasesOfANamedField() async throws {
        let text = "customer_id,who,account_id,access_token\nwrong,\(Sample.owner),\(Sample.account),\(Sample.token)"
        let options = Self.options([.customerID: "who"])
        #expect(try await Reading.events(text, options: options) == [.row(Sample.row(reference: nil))])
    }

    @Test func matchesANamedColumnExactly() async {
        let bytes = Array("Who,account_id,access_token\n".utf8)
        let found = ["Who", "account_id", "access_token"]
        let error = await Reading.error(bytes, options: Self.options([.customerID: "who"]))
        #expect(error == .mappedColumnMissing(file: "in.csv", field: .customerID, column: "who", found: found))
    }

    @Test func refusesANamedColumnThatComesTwice() async {
        let bytes = Array("who,who,account_id,access_token\n".utf8)
        let error = await Reading.error(bytes, options: Self.options([.customerID: "who"]))
        #expect(error == .twoColumns(file: "in.csv", field: .customerID, names: ["who", "who"]))
    }

    @Test func letsOneColumnServeTwoFields() async throws {
        let text = "customer_id,account_id,access_token\n\(Sample.owner),\(Sample.account),\(Sample.token)"
        let options = Self.options([.reference: "customer_id"])
        #expect(try await Reading.events(text, options: options) == [.row(Sample.row(reference: Sample.owner))])
    }

    static let objects: [(owner: String, summary: String)] = [
        (#"{"customer":{"ids":{"bond":"\#(Sample.owner)"}}"#, "row 1"),
        (#"{"customer":{"x":[{"ids":1}],"ids":{"y":{},"bond":"\#(Sample.owner)"}}"#, "row 1"),
        (#"{"customer.ids.bond":"\#(Sample.owner)""#, "row 1"),
        (#"{"customer":{"ids.bond":"\#(Sample.owner)"}"#, "row 1"),
        (#"{"\u0063ustomer":{"ids":{"bon\u0064":"\#(Sample.owner)"}}"#, "row 1"),
        (#"{"customer":{"bond":"\#(Sample.owner)"}"#, "missing_value 1:1"),
        (#"{"ids":{"bond":"\#(Sample.owner)"}"#, "missing_value 1:1"),
        (#"{"customer_id":"\#(Sample.owner)""#, "missing_value 1:1"),
        (#"{"customer":"\#(Sample.owner)""#, "missing_value 1:1"),
        (#"{"customer":{"ids":[{"bond":"\#(Sample.owner)"}]}"#, "missing_value 1:1"),
        (#"{"customer":{"ids":{"bond":7}}"#, "wrong_type 1:28"),
        (#"{"customer":{"ids":{"bond":"a"}},"customer":{"ids":{"bond":"a"}}"#, "duplicate_field 1:60"),
    ]

    @Test(arguments: objects)
    func reachesNestedKeys(owner: String, summary: String) async throws {
        let text = owner + #","account_id":"\#(Sample.account)","access_token":"\#(Sample.token)"}"#
        let options = Self.options([.customerID: "customer.ids.bond"])
        #expect(try await Reading.summary(text, name: "in.jsonl", options: options) == [summary])
    }
}
