import BondAPI
import Domain
import Foundation
import FuzzSupport
import Testing

/// Answers that no simulator would think of.
@Suite("Bond's odd answers")
struct BondAnswerTests {
    private static let owner = Owner(kind: .customer, id: "c")

    private func client(_ status: Int, _ body: String) -> BondClient {
        BondClient(
            transport: FixedAnswer(status: status, body: body),
            baseURL: "https://bond.invalid",
            identity: Secret("the-identity"),
            authorization: Secret("the-authorization"),
            now: { Timestamp(milliseconds: 0) }
        )
    }

    private func refusal(_ status: Int, _ body: String) async throws -> Refusal {
        let reply = await client(status, body).listAccounts(of: Self.owner).reply
        guard case .refusal(let refusal) = reply else {
            Issue.record("\(reply)")
            throw CancellationError()
        }
        return refusal
    }

    /// A text nested in lists and in maps, with its ends; 256 levels can be decoded, but not on a small stack.
    @Test(
        "JSON nested without end is an answer that cannot be read",
        arguments: [("[", "]"), (#"{"message":"#, "}"), (#"[{"a":"#, "}]")],
        [64, 250, 1 << 16]
    )
    func nested(ends: (String, String), levels: Int) async throws {
        let body =
            String(repeating: ends.0, count: levels) + #""x""# + String(repeating: ends.1, count: levels)
        guard case .unusable(200, _) = await client(200, body).listAccounts(of: Self.owner).reply else {
            Issue.record("a success that cannot be read must be unusable")
            return
        }
        #expect(try await refusal(500, body).message == "HTTP 500 without a readable body")
    }

    @Test("the deepest answer that is read does with a small thread's stack")
    func smallStack() async {
        let body =
            #"{"message":"# + String(repeating: "[", count: 31) + #""deep""# + String(repeating: "]", count: 31) + "}"
        let client = client(500, body)
        let message: String? = await withCheckedContinuation { continuation in
            let thread = Thread {
                // It waits for nothing, and so stays on this thread.
                Task.immediate {
                    guard case .refusal(let refusal) = await client.listAccounts(of: Self.owner).reply else {
                        return continuation.resume(returning: nil)
                    }
                    continuation.resume(returning: refusal.message)
                }
            }
            thread.stackSize = 1 << 19
            thread.start()
        }
        #expect(message == "deep")
    }

    @Test("brackets in texts are no nesting")
    func brackets() async throws {
        let text = String(repeating: #"[{\""#, count: 100)
        #expect(try await refusal(400, #"{"Message":"\#(text)"}"#).message?.hasPrefix(#"[{"[{"#) == true)
    }

    @Test("a body's status outranks a 200 only where it is a status of failure", arguments: [600, 1 << 40, 399, -500])
    func bodyStatus(status: Int) async {
        let reply = await client(200, #"{"Status":\#(status),"Message":"m","data":[]}"#).listAccounts(of: Self.owner)
            .reply
        guard case .success(let accounts) = reply else {
            Issue.record("\(reply)")
            return
        }
        #expect(accounts.isEmpty)
    }

    @Test(
        "a code counts without a message",
        arguments: [#"{"Code":"c","Status":404}"#, #"{"code":"c","message":null}"#]
    )
    func codeAlone(body: String) async throws {
        let refusal = try await refusal(404, body)
        #expect(refusal.code == "c")
        #expect(refusal.message == "HTTP 404 without a readable body")
    }

    @Test("an account in a refusal's place gives none of its secrets away")
    func accountAsRefusal() async throws {
        let body = #"""
            {"linked_account_id":"l-1","account_number":"123456789","routing_number":"011401533",
            "plaid_access_token":"opaque-token-value","numbers":{"account_number":["123456789"]}}
            """#
        let message = try #require(try await refusal(409, body).message)
        #expect(message.contains("l-1"))
        for secret in ["123456789", "011401533", "opaque"] { #expect(!message.contains(secret), "\(message)") }
    }

    /// It may be the very link that is looked for, and a list that hides it would prove its absence.
    @Test(
        "a list with an account that has no id is no list, whatever else it shows",
        arguments: ["{}", #"{"linked_account_id":null}"#, #"{"linked_account_id":"","account_id":""}"#]
    )
    func namelessAccount(nameless: String) async {
        let body = #"[{"linked_account_id":"l-1"},\#(nameless)]"#
        for body in [body, #"{"data":\#(body)}"#, #"{"accounts":\#(body)}"#] {
            guard case .unusable(200, _) = await client(200, body).listAccounts(of: Self.owner).reply else {
                Issue.record("\(body)")
                continue
            }
        }
    }

    @Test(
        "whom a listed account names, each by its kind",
        arguments: [
            (#""customer_id":"c-1""#, [Owner(kind: .customer, id: "c-1")]), (#""customer_id":null"#, []),
            (#""customer_id":"c-1","business_id":"null""#, [Owner(kind: .customer, id: "c-1")]),
            (#""customer_id":"","business_id":"b-1""#, [Owner(kind: .business, id: "b-1")]),
        ] as [(String, [Owner])]
    )
    func namedOwners(members: String, owners: [Owner]) async {
        let body = #"[{"linked_account_id":"l-1",\#(members)}]"#
        guard case .success(let accounts) = await client(200, body).listAccounts(of: Self.owner).reply else {
            Issue.record("\(body)")
            return
        }
        #expect(accounts.map(\.owners) == [owners])
    }

    @Test("a complaint about a secret field is kept")
    func complaint() async throws {
        let body = #"{"processor_token":["Missing data for required field."]}"#
        #expect(try await refusal(400, body).message == "processor_token: Missing data for required field.")
    }
}
