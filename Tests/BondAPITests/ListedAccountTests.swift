import BondAPI
import Domain
import FuzzSupport
import Testing

/// What is taken from an account in Bond's list, and what is dropped at once.
@Suite("An account in Bond's list")
struct ListedAccountTests {
    private func list(_ body: String) async -> [BondAccount]? {
        let client = BondClient(
            transport: FixedAnswer(status: 200, body: body),
            baseURL: "http://127.0.0.1",
            identity: Secret("i"),
            authorization: Secret("a"),
            now: { Timestamp(milliseconds: 1_790_000_000_000) }
        )
        guard case .success(let accounts) = await client.listAccounts(of: Owner(kind: .customer, id: "c")).reply else {
            return nil
        }
        return accounts
    }

    @Test("secrets have no field, and a mask that is a whole number is none")
    func secrets() async throws {
        let body = """
            [{"linked_account_id":"l1","plaid_access_token":"canary-token","account_number":"canary-number",\
            "routing_number":"canary-routing","mask":"1111222233330000","bank_name":"First","account_type":"checking",\
            "card_id":null},{"linked_account_id":"l2","mask":"0000","card_id":"card-1","account_number":1111222233330000}]
            """
        let accounts = try #require(await list(body))
        var text = ""
        dump(accounts, to: &text)
        #expect(!text.contains("canary"))
        #expect(!text.contains("1111222233330000"))
        #expect(accounts.map(\.mask) == [nil, "0000"])
        #expect(accounts.map(\.bankName) == ["First", nil])
        #expect(accounts.map(\.cardID) == [nil, "card-1"])
    }
}
