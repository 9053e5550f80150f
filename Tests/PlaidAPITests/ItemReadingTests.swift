import Domain
import PlaidAPI
import Testing
import Transport

/// What is made of Plaid's answers about Items and accounts.
@Suite struct ItemReadingTests {
    private static let token = "access-sandbox-canary"

    /// Gives one answer to everything.
    private struct Fixed: HTTPSender {
        let answer: String

        func perform(_ call: HTTPCall) async -> HTTPOutcome {
            .answer(HTTPAnswer(status: 200, body: Array(answer.utf8), dateMilliseconds: nil, retryAfter: nil))
        }
    }

    private func client(_ answer: String) -> PlaidClient {
        PlaidClient(
            transport: Fixed(answer: answer),
            baseURL: "https://plaid.example",
            clientID: "id",
            secret: Secret("secret"),
            now: { Timestamp(milliseconds: 0) }
        )
    }

    private func item(_ answer: String) async throws -> ItemReading {
        let call = await client(answer).getItem(accessToken: Secret(Self.token))
        guard case .success(let reading) = call.reply else { throw Unexpected(what: "\(call.reply)") }
        return reading
    }

    private struct Unexpected: Error { let what: String }

    @Test func aBrokenItemIsASuccessWithAnErrorInside() async throws {
        let reading = try await item(
            """
            {"item":{"item_id":"i","institution_id":"ins_1","institution_name":null,"consent_expiration_time":null,\
            "error":{"error_type":"ITEM_ERROR","error_code":"ITEM_LOGIN_REQUIRED",\
            "error_message":"sign in with \(Self.token)","display_message":null}},"status":null,"request_id":"r"}
            """
        )
        #expect(reading.error?.code == "ITEM_LOGIN_REQUIRED")
        #expect(reading.error?.message?.contains("canary") == false)
        let health = ItemHealth(reading, now: Timestamp(milliseconds: 0), consentWithin: .seconds(1))
        #expect((health.action, health.isGood) == (.updateMode, false))
    }

    @Test func aGoodItemHasAnEndOfConsentAtMost() async throws {
        let reading = try await item(
            #"{"item":{"item_id":"i","error":null,"consent_expiration_time":"1970-01-01T00:00:10Z"}}"#
        )
        #expect(reading.consentExpiresAt == Timestamp(milliseconds: 10_000))
        let start = Timestamp(milliseconds: 0)
        #expect(ItemHealth(reading, now: start, consentWithin: .seconds(9)).isGood)
        #expect(ItemHealth(reading, now: start, consentWithin: .seconds(10)).failure?.code == ItemHealth.consentCode)
    }

    @Test(arguments: ["{}", #"{"item":null}"#, "[]", #"{"item":"x"}"#])
    func anAnswerWithoutAnItemCannotBeUsed(body: String) async {
        let call = await client(body).getItem(accessToken: Secret(Self.token))
        guard case .unusable = call.reply else { return #expect(Bool(false), "\(call.reply)") }
    }

    @Test func ofAccountsOnlyWhatTellsThemApartIsKept() async throws {
        let call = await client(
            """
            {"accounts":[{"account_id":"a","mask":"0000","name":"Checking","subtype":"checking","type":"depository",\
            "balances":{"available":100},"persistent_account_id":""},{"account_id":"b","mask":null,"name":"n",\
            "subtype":null},{"account_id":"c\\u0007","name":"n"},{"account_id":"","name":"n"}],"item":{},"request_id":"r"}
            """
        ).getAccounts(accessToken: Secret(Self.token))
        guard case .success(let accounts) = call.reply else { throw Unexpected(what: "\(call.reply)") }
        #expect(accounts.map(\.id) == ["a", "b"])
        #expect(accounts.map(\.persistentID) == [nil, nil])
        #expect(accounts[0].traits != nil)
        // An account without digits is like any other without them.
        #expect(accounts[1].traits == nil)
    }
}
