import Domain
import Intake
import Testing

/// The rules of a row, the same for CSV and JSONL.
@Suite struct RowRuleTests {
    /// A row's five values, in the order of the columns below, and what is said about it.
    struct Case: Sendable, CustomTestStringConvertible {
        var values = [Sample.owner, "", Sample.account, Sample.token, "r1"]
        let environment: DeploymentEnvironment
        let businessOwners: Bool
        let outcome: String
        /// The field that a problem points at, and how many characters into its value.
        let field: Int
        let skip: Int

        var testDescription: String { "\(outcome) \(values)" }

        init(
            _ outcome: String,
            _ changes: [Int: String] = [:],
            environment: DeploymentEnvironment = .sandbox,
            businessOwners: Bool = false,
            field: Int = 0,
            skip: Int = 0
        ) {
            for (index, value) in changes { values[index] = value }
            (self.outcome, self.environment, self.businessOwners) = (outcome, environment, businessOwners)
            (self.field, self.skip) = (field, skip)
        }
    }

    static let cases: [Case] = [
        Case("row"),
        Case("row", [0: "\u{A0} \t\(Sample.owner)\u{A0}"]),
        Case("row", [4: ""]),
        Case("row", [4: "a\u{7}b"]),
        Case("row", [4: "the link-up of access"]),
        Case("row", [4: "access-granted-1"]),
        Case("row", [0: "", 1: Sample.owner], businessOwners: true),
        Case("row", [3: Sample.productionToken], environment: .production),
        Case("row", environment: .simulator),
        Case("missing_value", [0: ""], field: 0),
        Case("missing_value", [0: " \u{A0}"], field: 0),
        Case("missing_value", [0: ""], businessOwners: true, field: 0),
        Case("missing_value", [2: ""], field: 2),
        Case("missing_value", [3: ""], field: 3),
        Case("two_owners", [1: "b"], field: 1),
        Case("two_owners", [1: "b"], businessOwners: true, field: 1),
        Case("business_owner", [0: "", 1: "b"], field: 1),
        Case("control_character", [0: "a\u{0}b"], field: 0, skip: 1),
        Case("control_character", [2: "é\u{7F}"], field: 2, skip: 1),
        Case("control_character", [3: "to\u{9B}ken"], field: 3, skip: 2),
        Case("control_character", [0: "a\tb"], field: 0, skip: 1),
        Case("token_in_wrong_field", [0: Sample.token], field: 0),
        Case("token_in_wrong_field", [1: Sample.productionToken], field: 1),
        Case("token_in_wrong_field", [2: "public-sandbox-x"], field: 2),
        Case("token_in_wrong_field", [4: "processor-development-"], field: 4),
        Case("token_in_wrong_field", [4: "  link-production-1"], field: 4, skip: 2),
        Case("token_in_wrong_field", [1: "access-sand\u{200B}box-1"], field: 1),
        Case("token_in_wrong_field", [4: "token: \(Sample.token)."], field: 4),
        Case("token_in_wrong_field", [2: "a\u{1}", 4: Sample.token], field: 4),
        Case("wrong_environment", [3: Sample.productionToken], field: 3),
        Case("wrong_environment", [3: Sample.productionToken], environment: .simulator, field: 3),
        Case("wrong_environment", environment: .production, field: 3),
        Case("wrong_environment", [3: "access-development-1"], field: 3),
        Case("wrong_environment", [3: "access-development-1"], environment: .production, field: 3),
    ]

    private static let names = InputField.ofRows.filter { $0 != .publicToken }.map(\.rawValue)

    @Test(arguments: cases)
    func judgesInCSV(_ testCase: Case) async throws {
        let text = Self.names.joined(separator: ",") + "\n" + testCase.values.joined(separator: ",")
        let prefix = testCase.values[..<testCase.field].map { $0.unicodeScalars.count + 1 }.reduce(0, +)
        try await check(testCase, text, name: "in.csv", line: 2, column: prefix + testCase.skip + 1)
    }

    @Test(arguments: cases)
    func judgesInJSONLines(_ testCase: Case) async throws {
        let members = zip(Self.names, testCase.values).map { "\"\($0)\":\"\(escaped($1))\"" }
        let text = "{" + members.joined(separator: ",") + "}"
        let hasEscapes = members[testCase.field].contains("\\")
        let prefix =
            members[..<testCase.field].map { $0.unicodeScalars.count + 1 }.reduce(1, +)
            + Self.names[testCase.field].count + 3
        let isEmpty = testCase.outcome == "missing_value"
        let column = prefix + 1 + (hasEscapes || isEmpty ? 0 : testCase.skip + 1)
        try await check(testCase, text, name: "in.jsonl", line: 1, column: column)
    }

    private func check(_ testCase: Case, _ text: String, name: String, line: Int, column: Int) async throws {
        let options = IntakeOptions(businessOwners: testCase.businessOwners, environment: testCase.environment)
        let summary = try await Reading.summary(text, name: name, options: options)
        #expect(summary == [testCase.outcome == "row" ? "row \(line)" : "\(testCase.outcome) \(line):\(column)"])
    }

    private func escaped(_ text: String) -> String {
        text.unicodeScalars.map { $0.value < 0x20 ? "\\u00" + ($0.value < 16 ? "0" : "") + hex($0) : String($0) }
            .joined()
    }

    private func hex(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16) }
}
