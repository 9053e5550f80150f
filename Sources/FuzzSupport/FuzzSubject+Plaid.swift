import Domain
import PlaidAPI
import Transport

extension FuzzSubject {
    /// Plaid's answer to a request for a processor token.
    static let plaidToken = FuzzSubject("plaid", seeds: PlaidSeeds.all, words: PlaidSeeds.words) { bytes in
        let (client, check) = plaid(bytes)
        let call = await client.createProcessorToken(accessToken: Secret(PlaidSeeds.token), accountID: "a")
        try check.run(call) { token in try require(!token.exposed.isEmpty, "an empty processor token") }
    }

    /// Plaid's answers about Items, accounts, link tokens and their sessions, and to an exchange.
    static let plaidLink = FuzzSubject("plaid-link", seeds: PlaidSeeds.link, words: PlaidSeeds.linkWords) { bytes in
        let (client, check) = plaid(bytes)
        let token = Secret(PlaidSeeds.token)
        try check.run(await client.getItem(accessToken: token)) { item in
            for text in [item.itemID, item.institutionID, item.institutionName, item.error?.code, item.error?.message] {
                if let text { try check.checkText(text) }
            }
        }
        try check.run(await client.getAccounts(accessToken: token)) { accounts in
            for account in accounts { try check.checkText(account.id) }
        }
        try check.run(await client.getLinkSessions(linkToken: token)) { sessions in
            for session in sessions { try check.checkSession(session) }
        }
        try check.run(await client.exchange(publicToken: token)) { exchanged in
            try require(!exchanged.accessToken.exposed.isEmpty, "an empty access token")
        }
    }

    private static func plaid(_ bytes: [UInt8]) -> (PlaidClient, AnswerCheck) {
        let sender = FixedAnswer(bytes)
        let client = PlaidClient(
            transport: sender,
            baseURL: "https://plaid.invalid",
            clientID: "client",
            secret: Secret(PlaidSeeds.secret),
            now: { Timestamp(milliseconds: 1_795_398_860_000) }
        )
        return (client, AnswerCheck(secrets: [PlaidSeeds.secret, PlaidSeeds.token], status: sender.answer.status))
    }
}

extension AnswerCheck {
    fileprivate func checkSession(_ session: LinkSession) throws {
        try checkText(session.id)
        switch session.outcome {
        case .open: break
        case .exit(let code): if let code { try checkText(code) }
        case .success(let successes):
            for success in successes {
                try require(!success.publicToken.exposed.isEmpty, "an empty public token")
                for id in success.accountIDs { try require(!id.isEmpty && id.utf8.count <= 256, "an account id \(id)") }
            }
        }
    }
}

/// What Plaid's answers begin from.
enum PlaidSeeds {
    static let secret = "5ecfe7a0b1c2d3e4f5061728394a5b"
    static let token = "access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6"
    static let words = [
        secret, token, "processor_token", "request_id", "error_code", "error_message", "429 9\n", "200 \n",
    ]

    static let linkWords =
        words + [
            "item", "accounts", "link_sessions", "results", "item_add_results", "on_success", "exit", "public_token",
            "id",
        ]

    static let link = [
        "200 \n" + #"{"item":{"item_id":"i","institution_name":null,"error":{"error_code":"ITEM_LOGIN_REQUIRED","#
            + #""error_message":"\#(token)","error_type":"ITEM_ERROR"},"consent_expiration_time":"2026-11-23T00:00:00Z"}}"#,
        "200 \n" + #"{"accounts":[{"account_id":"a","mask":"0000","name":"n","subtype":"checking"}],"item":{}}"#,
        "200 \n" + #"{"link_sessions":[{"link_session_id":"s","finished_at":"x","results":{"item_add_results":["#
            + #"{"public_token":"p","accounts":[{"id":"a"},{"id":"\u0007"}]}]}}]}"#,
        "200 \n" + #"{"link_sessions":[{"link_session_id":"\#(secret)","exit":{"error":{"error_code":"X"}}},"#
            + #"{"on_success":{"public_token":"p","metadata":{"accounts":[]}}}]}"#,
        "200 \n" + #"{"access_token":"access-1","item_id":"i","request_id":"\#(token)"}"#,
    ]

    static let all = [
        "200 \n" + #"{"processor_token":"processor-sandbox-0asd1-a92nc","request_id":"xrQNYZ7Zoh6R7gV"}"#,
        "200 \n" + #"{"processor_token":"","request_id":"\#(token)"}"#, "200 \n{}", "200 \n", "200",
        "400 \n" + error("INVALID_INPUT", "INVALID_API_KEYS", "invalid client_id or secret \(secret)"),
        "400 \n" + error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED", "the login details of \(token) have changed"),
        "429 30\n" + error("RATE_LIMIT_EXCEEDED", "RATE_LIMIT", "rate limit exceeded"),
        "429 Sun, 06 Nov 2026 08:49:37 GMT|Mon, 23 Nov 2026 01:54:20 GMT\n{}",
        "502 \n<html><body><h1>502 Bad Gateway</h1></body></html>", "302 99999999999\n",
    ]

    private static func error(_ type: String, _ code: String, _ message: String) -> String {
        #"{"display_message":null,"error_code":"\#(code)","error_message":"\#(message)","error_type":"\#(type)","#
            + #""request_id":"HNTDNrA8F1shFEW","causes":[]}"#
    }
}
