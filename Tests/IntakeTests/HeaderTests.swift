import Domain
import Intake
import Testing

/// Which column stands for which field, and which headers cannot be used.
@Suite struct HeaderTests {
    @Test(arguments: [
        "customer_id,account_id,access_token,reference",
        "Customer ID,Account ID,Access Token,Reference",
        "CUSTOMER-ID,ACCOUNT-ID,ACCESS-TOKEN,REFERENCE",
        "customerId,accountId,accessToken,Reference",
        "bond_customer_id,plaid_account_id,plaid_access_token,reference",
        "Bond Customer ID,PlaidAccountID,plaid-access-token, re fe rence ",
        "\"bondCustomerId\",\"Plaid\u{A0}Account\u{A0}Id\",\" access_token\",\"\treference\"",
        "--customer__id--,account_id,access_token,_reference_",
    ])
    func knowsAlias(header: String) async throws {
        #expect(try await Reading.events("\(header)\n\(Sample.line)") == [.row(Sample.row())])
    }

    @Test func knowsBusinessAliases() async throws {
        for name in ["business_id", "BondBusinessID", "Business Id"] {
            let options = IntakeOptions(businessOwners: true, environment: .sandbox)
            let text = "\(name),account_id,access_token,reference\n\(Sample.line)"
            #expect(try await Reading.events(text, options: options) == [.row(Sample.row(kind: .business))])
        }
    }

    @Test(arguments: [
        "plaid_customer_id", "bond_account_id", "customer", "customerids", "customer.id", "my_customer_id",
        "çustomer_id",
    ])
    func takesNothingElse(name: String) async {
        let bytes = Array("\(name),account_id,access_token\n".utf8)
        let found = [name, "account_id", "access_token"]
        #expect(await Reading.error(bytes) == .missingColumn(file: "in.csv", field: .customerID, found: found))
    }

    static let unusable: [(header: String, error: IntakeError)] = [
        ("", .noHeader(file: "in.csv", line: 1, fault: .empty)),
        ("\n \n\r\n", .noHeader(file: "in.csv", line: 1, fault: .empty)),
        ("\u{FEFF}", .noHeader(file: "in.csv", line: 1, fault: .empty)),
        ("\n\(Sample.line)\n", .noHeader(file: "in.csv", line: 2, fault: .holdsToken)),
        // Shown in a message, where what is invisible is left out, it would be a token.
        (
            "note,x\(Sample.token.prefix(20))\u{202E}\(Sample.token.dropFirst(20))\n",
            .noHeader(file: "in.csv", line: 1, fault: .holdsToken)
        ),
        ("a,\"b\"c\n", .noHeader(file: "in.csv", line: 1, fault: .badQuoting)),
        ("a,\"b\n", .noHeader(file: "in.csv", line: 1, fault: .badQuoting)),
        (
            "customer_id,account_id\n",
            .missingColumn(file: "in.csv", field: .accessToken, found: ["customer_id", "account_id"])
        ),
        (
            "account_id,access_token,note\u{1B}[31m\n",
            .missingColumn(file: "in.csv", field: .customerID, found: ["account_id", "access_token", "note[31m"])
        ),
        (
            "customer_id,Customer ID,account_id,access_token\n",
            .twoColumns(file: "in.csv", field: .customerID, names: ["customer_id", "Customer ID"])
        ),
        (
            "customer_id,account_id,access_token,plaid_access_token\n",
            .twoColumns(file: "in.csv", field: .accessToken, names: ["access_token", "plaid_access_token"])
        ),
        ("business_id,account_id,access_token\n", .businessColumnWithoutFlag(file: "in.csv")),
    ]

    @Test(arguments: unusable)
    func refusesHeader(header: String, error: IntakeError) async {
        #expect(await Reading.error(Array(header.utf8)) == error)
    }

    @Test func refusesAHeaderLongerThanAMebibyte() async {
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: (1 << 20) + 1)
        #expect(await Reading.error(bytes) == .noHeader(file: "in.csv", line: 1, fault: .tooLong))
    }

    @Test func acceptsBothOwnerColumns() async throws {
        let text = "customer_id,business_id,account_id,access_token\n\(Sample.owner),,\(Sample.account),\(Sample.token)"
        #expect(try await Reading.events(text) == [.row(Sample.row(reference: nil))])
    }
}
