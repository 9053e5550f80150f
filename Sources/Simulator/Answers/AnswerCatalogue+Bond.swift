extension AnswerCatalogue {
    /// 2001 and up: what Bond refuses.
    static let bondRefusals: [Answer] = [
        refusal(2001, "bond-identity", .bond(.identityFailure), "400 identity failure."),
        refusal(2002, "bond-integration", notIntegrated, "422: Bond is not enabled as an integration."),
        refusal(2003, "bond-customer-dne", problem(404, "customer_dne"), "404 customer_dne."),
        refusal(2004, "bond-duplicate-account", .bond(.duplicate), "409 duplicate_account."),
        refusal(
            2006,
            "bond-idempotency-key-exists",
            problem(400, "idempotency_key_exists"),
            "400 idempotency_key_exists."
        ),
        refusal(2011, "bond-400-object", .bond(missingCustomer), "400 whose Message is an object."),
        refusal(
            2012,
            "bond-400-map",
            .body(400, missingCustomer.message),
            "400 with a bare map of field to complaints."
        ),
        refusal(2013, "bond-400-error", .body(400, ["Error": "Bad request."]), "400 with Error alone."),
        refusal(2014, "bond-400-message", .body(400, ["message": "Bad request."]), "400 with lower-case message."),
        refusal(2015, "bond-400-details", .body(400, detailed), "400 with error, error_code and details."),
        refusal(2016, "bond-invalid-bank-info", problem(400, "invalid_bank_info"), "400 invalid_bank_info."),
        fault(2017, "bond-token-refused", .bond(.tokenRefused), "400: the processor token is invalid."),
        refusal(2018, "bond-token-refused-always", .bond(.tokenRefused), "400: every processor token is invalid."),
        refusal(2019, "bond-unknown-code", problem(400, "never_seen_before"), "400 with an undocumented Code."),
        refusal(2021, "bond-401", .bond(.unauthenticated), "401 auth_err."),
        refusal(2022, "bond-403", problem(403, "auth_err"), "403 auth_err."),
        refusal(2023, "bond-404", .body(404, ["message": "The requested URL was not found."]), "404 without a Code."),
        fault(2024, "bond-408", .body(408, ["message": "Request Timeout"]), "408."),
        fault(2025, "bond-424", problem(424, "service_disabled", type: "Process Error"), "424 Process Error."),
        refusal(2026, "bond-redirect", .redirect, "302 to another host."),
    ]

    /// 2031 and up: what goes wrong on the way to Bond and back.
    static let bondFaults: [Answer] = [
        fault(2031, "bond-429", .tooMany(.none), "429 without Retry-After."),
        fault(2032, "bond-429-seconds", .tooMany(.seconds), "429 with Retry-After in seconds."),
        fault(2033, "bond-429-date", .tooMany(.httpDate), "429 with Retry-After as a date."),
        fault(2041, "bond-500-before", serverError, "500, no link."),
        fault(2042, "bond-502-before", gateway(502), "502, no link."),
        fault(2043, "bond-503-before", gateway(503), "503, no link."),
        fault(2044, "bond-504-before", gateway(504), "504, no link."),
        afterEffect(2045, "bond-500-after", serverError, "500, the link is made."),
        afterEffect(2046, "bond-502-after", gateway(502), "502, the link is made."),
        afterEffect(2047, "bond-503-after", gateway(503), "503, the link is made."),
        afterEffect(2048, "bond-504-after", gateway(504), "504, the link is made."),
        refusal(2049, "bond-503-always", gateway(503), "503, never a link."),
        fault(2051, "bond-reset-before", .reset, "Connection reset, no link."),
        afterEffect(2052, "bond-reset-after", .reset, "Connection reset, the link is made."),
        fault(2053, "bond-hang-before", .hang, "Never answers, no link."),
        afterEffect(2054, "bond-hang-after", .hang, "Never answers, the link is made."),
        afterEffect(2055, "bond-slow", .slow, "The usual answer, late."),
    ]

    /// 2061 and up: answers that are not what they should be.
    static let bondOddities: [Answer] = [
        afterEffect(
            2005,
            "bond-account-data-err",
            problem(500, "account_data_err", type: "Server Error"),
            "500 account_data_err, the link is made."
        ),
        fault(2061, "bond-html", .html(502), "502 with an HTML page, no link."),
        afterEffect(2062, "bond-truncated", .truncated, "201 cut off in the middle of the body."),
        afterEffect(2063, "bond-empty", .altered(.empty), "201 with an empty body."),
        afterEffect(2064, "bond-no-id", .altered(.withoutIdentifier), "201 without linked_account_id."),
        afterEffect(2065, "bond-other-customer", .altered(.otherCustomer), "201 naming another customer."),
        oddity(2066, "bond-200", .altered(.status200), "200 instead of 201."),
        afterEffect(
            2067,
            "bond-body-500",
            .altered(.failureInBody),
            "200 whose body says Status 500, the link is made."
        ),
        oddity(2068, "bond-null-status", .altered(.nullStatus), "201 with both statuses null."),
        oddity(2069, "bond-unknown-enums", .altered(.unknownEnums), "201 with statuses never seen before."),
        afterEffect(2070, "bond-hidden", .altered(.unlisted), "201, but the link is never listed."),
        afterEffect(2071, "bond-503-hidden", .altered(.unlistedAfter503), "503, the link is made and never listed."),
        afterEffect(2072, "bond-large", .altered(.large), "201 with a body of 2 MiB."),
    ]

    private static let serverError = problem(500, "server_error", type: "Server Error")
    private static let missingCustomer = BondProblem.schema("customer_id", "Missing data for required field.")
    private static let detailed: JSON = ["error": "Bad request.", "error_code": "input_error", "details": [:]]
    private static let notIntegrated = Answer.Shape.bond(
        BondProblem(422, "account_post_schema", "Ensure that Bond is enabled as an integration.")
    )

    private static func problem(_ status: Int, _ code: String, type: String = "Request Error") -> Answer.Shape {
        .bond(BondProblem(status, code, .string("The request failed: \(code)."), type: type))
    }
}
