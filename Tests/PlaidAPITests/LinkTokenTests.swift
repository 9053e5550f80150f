import Domain
import Foundation
import PlaidAPI
import Synchronization
import Testing
import Transport

/// What is asked of Plaid for a link token, and what is made of its answer.
@Suite struct LinkTokenTests {
    /// Keeps the last body and gives one answer.
    private final class Recorder: HTTPSender {
        private let bodies = Mutex<[[UInt8]]>([])
        private let answer: String

        init(_ answer: String) { self.answer = answer }

        func perform(_ call: HTTPCall) async -> HTTPOutcome {
            bodies.withLock { $0.append(call.body ?? []) }
            return .answer(HTTPAnswer(status: 200, body: Array(answer.utf8), dateMilliseconds: nil, retryAfter: nil))
        }

        /// The last body as JSON, keys sorted.
        var body: String {
            get throws {
                let bytes = bodies.withLock { $0.last ?? [] }
                let object = try JSONSerialization.jsonObject(with: Data(bytes))
                let sorted = try JSONSerialization.data(
                    withJSONObject: object,
                    options: [.sortedKeys, .withoutEscapingSlashes]
                )
                return String(decoding: sorted, as: UTF8.self)
            }
        }
    }

    private static let answer = """
        {"link_token":"link-sandbox-1","expiration":"2026-11-23T14:00:00Z","request_id":"r",\
        "hosted_link_url":"https://secure.plaid.com/hl/1"}
        """

    private func ask(
        _ form: LinkForm,
        token: String?,
        answer: String = answer
    ) async throws -> (call: RemoteCall<LinkToken>, body: String) {
        let recorder = Recorder(answer)
        let client = PlaidClient(
            transport: recorder,
            baseURL: "https://plaid.example",
            clientID: "id",
            secret: Secret("secret"),
            now: { Timestamp(milliseconds: 0) }
        )
        let order = LinkTokenOrder(form: form, userID: "customer-1", accessToken: token.map { Secret($0) })
        return (await client.createLinkToken(order), try recorder.body)
    }

    @Test func aNewConnectionSaysWhatItIsFor() async throws {
        var form = LinkForm(clientName: "Acme", webhook: "https://acme.example/plaid")
        form.redirectURI = "https://acme.example/oauth"
        let body = try await ask(form, token: nil).body
        #expect(
            body == """
                {"account_filters":{"depository":{"account_subtypes":["checking","savings"]}},"client_name":"Acme",\
                "country_codes":["US"],"language":"en","products":["auth"],"redirect_uri":"https://acme.example/oauth",\
                "user":{"client_user_id":"customer-1"},"webhook":"https://acme.example/plaid"}
                """
        )
    }

    @Test func aRepairAsksForNothingThatTheConnectionHas() async throws {
        let hosted = LinkForm.Hosted(lifetime: .seconds(86_400), completionURI: "https://acme.example/done")
        let form = LinkForm(clientName: "Acme", webhook: "https://acme.example/plaid", hosted: hosted)
        let body = try await ask(form, token: "access-sandbox-1").body
        #expect(
            body == """
                {"access_token":"access-sandbox-1","client_name":"Acme","country_codes":["US"],"hosted_link":\
                {"completion_redirect_uri":"https://acme.example/done","url_lifetime_seconds":86400},"language":"en",\
                "user":{"client_user_id":"customer-1"}}
                """
        )
    }

    @Test func theAnswerIsRead() async throws {
        let call = try await ask(LinkForm(clientName: "Acme"), token: nil).call
        guard case .success(let token) = call.reply else {
            Issue.record("\(call.reply)")
            return
        }
        #expect(token.secret.exposed == "link-sandbox-1")
        #expect(token.hostedURL?.exposed == "https://secure.plaid.com/hl/1")
        #expect(token.expiresAt?.description.hasPrefix("2026-11-23T14:00:00") == true)
        #expect(call.requestID == "r")
    }

    @Test(arguments: ["{}", #"{"link_token":"","expiration":"2026-11-23T14:00:00Z"}"#, #"{"link_token":"x"}"#, "[]"])
    func anAnswerWithoutATokenIsUnusable(answer: String) async throws {
        guard case .unusable = try await ask(LinkForm(clientName: "Acme"), token: nil, answer: answer).call.reply else {
            Issue.record("\(answer) must be unusable")
            return
        }
    }
}
