import Domain
import Testing

/// Bond's answers: the statuses that outrank its codes, the documented codes, then HTTP status.
@Suite struct AnswerTableBondTests {
    /// Bond's codes for an answer that leaves a link possible.
    private static let doubtCodes = [
        "account_data_err", "idempotency_key_exists", "unknown_create_account", "server_error", "service_disabled",
    ]
    /// Bond's codes for a row that it does not take.
    private static let refusalCodes = [
        "customer_dne", "business_dne", "customer_invalid_uuid4", "kyc_dne", "kyb_dne", "invalid_bank_info",
        "routing_invalid", "account_post_schema", "create_account_schema", "migrate_account_schema", "input_error",
        "invalid_request", "invalid_account_id", "invalid_account_status", "linked_dne", "linked_closed",
        "account_not_linked_error",
    ]

    private static func meaning(_ status: Int, _ code: String? = nil, _ message: String? = nil) -> AnswerMeaning {
        AnswerTable.rule(for: Refusal(api: .bond, status: status, code: code, message: message)).meaning
    }

    @Test(arguments: [
        "Failed to exchange token due to identity failure, accounts were not linked.",
        "IDENTITY FAILURE", "Identity", "customer's identity does not match",
    ])
    func badRequestAboutIdentityIsAnIdentityMismatch(message: String) {
        for code in ["account_post_schema", "ACCOUNT_POST_SCHEMA", "brand_new", "invalid_request", nil] {
            let rule = AnswerTable.rule(
                for: Refusal(api: .bond, status: 400, type: "Request Error", code: code, message: message)
            )
            #expect(rule.meaning == .settle(.rejected, .fixIdentity), "\(code ?? "no code")")
            #expect(rule.reportedCode == "identity_mismatch")
        }
    }

    @Test func identityCountsOnlyInABadRequest() {
        let message = "identity service failed"
        #expect(Self.meaning(500, nil, message) == .doubt)
        #expect(Self.meaning(422, nil, message) == .stop)
        #expect(Self.meaning(404, "customer_dne", message) == .settle(.rejected, .fixRow))
        #expect(Self.meaning(429, nil, message) == .rateLimited)
    }

    @Test func generalSchemaCodeIsAboutTheRow() {
        for message in [nil, "", "processor_token: Missing data for required field."] {
            #expect(Self.meaning(400, "account_post_schema", message) == .settle(.rejected, .fixRow))
        }
    }

    @Test(arguments: [300, 301, 302, 307, 308, 399, 401, 403, 422])
    func setUpStopsTheRunWhateverTheCode(status: Int) {
        let codes = Self.refusalCodes + ["duplicate_account", "token_exchange_post_schema", "auth_err", "brand_new"]
        for code in codes.map(Optional.some) + [nil] {
            #expect(Self.meaning(status, code) == .stop, "\(code ?? "no code")")
            #expect(Self.meaning(status, code, "identity failure") == .stop, "\(code ?? "no code")")
        }
    }

    @Test(arguments: ["auth_err", "unknown_customer_auth", "AUTH_ERR"])
    func credentialsRefusedStopTheRunWithAnyStatus(code: String) {
        for status in [400, 404, 409, 418] { #expect(Self.meaning(status, code) == .stop, "\(status)") }
    }

    @Test func everyStopSaysWhatToDo() {
        let answers = [
            (422, "Enable Bond"), (401, "BOND_AUTHORIZATION"), (403, "BOND_AUTHORIZATION"), (302, "--bond-url"),
        ]
        for (status, part) in answers {
            #expect(AnswerTable.rule(for: Refusal(api: .bond, status: status)).advice.contains(part), "\(status)")
        }
    }

    @Test(arguments: doubtCodes)
    func codeThatLeavesALinkPossibleIsDoubt(code: String) {
        for status in [400, 404, 408, 409, 418, 424, 500, 503] {
            #expect(Self.meaning(status, code) == .doubt, "\(status)")
            #expect(Self.meaning(status, code.uppercased()) == .doubt, "\(status)")
        }
    }

    @Test(arguments: doubtCodes)
    func noStatusMakesAPossibleLinkForgotten(code: String) {
        // The statuses of Bond's codes are not published. A stop or a rate limit says that Bond did not act, and
        // the row is posted again: what may have made a link must never be read so.
        let forgetful = [302, 401, 403, 422, 429].filter { Self.meaning($0, code) != .doubt }
        #expect(forgetful.isEmpty)
    }

    @Test(arguments: [0, 100, 199, 200, 204, 299, 408, 424, 500, 502, 503, 504, 599, 600, 999])
    func statusThatDoesNotTellIsDoubt(status: Int) {
        #expect(Self.meaning(status) == .doubt)
        #expect(Self.meaning(status, "brand_new", "oops") == .doubt)
    }

    @Test(arguments: [408, 424, 500, 502, 503, 504])
    func refusalCodeDoesNotMakeABrokenAnswerSafe(status: Int) {
        // Any 5xx, 408 or 424 leaves the link possible; a row that rests as rejected would never be reconciled.
        let codes = Self.refusalCodes + ["token_exchange_post_schema", "auth_err", "unknown_customer_auth"]
        let forgotten = codes.filter { Self.meaning(status, $0) != .doubt }
        #expect(forgotten.isEmpty)
    }

    @Test func duplicatesGoToReview() {
        for status in [400, 404, 409, 418] { #expect(Self.meaning(status, "duplicate_account") == .duplicate) }
        for code in [nil, "resource_conflict", "brand_new"] { #expect(Self.meaning(409, code) == .duplicate) }
    }

    @Test(arguments: refusalCodes)
    func refusalCodeIsAboutTheRow(code: String) {
        for status in [400, 404, 409, 418] {
            #expect(Self.meaning(status, code) == .settle(.rejected, .fixRow), "\(status)")
            #expect(Self.meaning(status, code.uppercased()) == .settle(.rejected, .fixRow), "\(status)")
        }
    }

    @Test func refusedTokenIsMadeAnew() {
        for status in [400, 404] { #expect(Self.meaning(status, "token_exchange_post_schema") == .tokenRefused) }
    }

    @Test func rateLimitIsWaitedFor() {
        for code in [nil, "brand_new", "invalid_request"] { #expect(Self.meaning(429, code) == .rateLimited) }
    }

    @Test(arguments: [400, 402, 404, 405, 407, 410, 418, 423, 425, 428, 430, 499])
    func anythingElseIsUnknown(status: Int) {
        for code in [nil, "brand_new", "resource_conflict", "query_params"] {
            #expect(Self.meaning(status, code) == .unknown, "\(code ?? "no code")")
        }
    }
}
