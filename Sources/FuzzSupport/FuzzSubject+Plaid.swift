import Domain
import PlaidAPI
import Transport

extension FuzzSubject {
    /// Plaid's answer to a request for a processor token.
    static let plaidToken = FuzzSubject("plaid", seeds: PlaidSeeds.all, words: PlaidSeeds.words) { bytes in
        let sender = FixedAnswer(bytes)
        let client = PlaidClient(
            transport: sender,
            baseURL: "https://plaid.invalid",
            clientID: "client",
            secret: Secret(PlaidSeeds.secret),
            now: { Timestamp(milliseconds: 1_795_398_860_000) }
        )
        let call = await client.createProcessorToken(accessToken: Secret(PlaidSeeds.token), accountID: "a")
        let check = AnswerCheck(secrets: [PlaidSeeds.secret, PlaidSeeds.token], status: sender.answer.status)
        try check.run(call) { token in try require(!token.exposed.isEmpty, "an empty processor token") }
    }
}

/// What Plaid's answers begin from.
enum PlaidSeeds {
    static let secret = "5ecfe7a0b1c2d3e4f5061728394a5b"
    static let token = "access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6"
    static let words = [
        secret, token, "processor_token", "request_id", "error_code", "error_message", "429 9\n", "200 \n",
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
