/// Plaid's documented errors of `/processor/token/create`, with the status, type and message of its own pages.
enum PlaidProblemTable {
    /// One documented error and how it is asked for.
    struct Entry: Sendable {
        let number: Int
        let name: String
        let problem: PlaidProblem
    }

    /// Every error, numbered from 1001.
    static let entries: [Entry] = problems.enumerated().map { index, problem in
        let name = "plaid-" + problem.code.lowercased().split(separator: "_").joined(separator: "-")
        let twins = problems[..<index].count { $0.code == problem.code }
        return Entry(
            number: 1001 + index,
            name: twins == 0 ? name : "\(name)-\(twins + 1)",
            problem: problem
        )
    }

    /// The first documented error of a code.
    static func problem(_ code: String) -> PlaidProblem? {
        problems.first { $0.code == code }
    }

    private static let problems =
        rateLimits + apiErrors + institutionErrors + itemErrors + invalidInputs + invalidRequests

    private static let rateLimits = table(
        "RATE_LIMIT_EXCEEDED",
        [
            (429, "RATE_LIMIT", "rate limit exceeded for attempts to access this item. please try again later"),
            (
                429, "INSTITUTION_RATE_LIMIT",
                "The institution is currently receiving too many requests. Please try again later."
            ),
            (
                429, "CREDITS_EXHAUSTED",
                "Free usage exhausted, please request full Production access to continue using this product"
            ),
        ]
    )

    private static let apiErrors = table(
        "API_ERROR",
        [
            (500, "INTERNAL_SERVER_ERROR", "an unexpected error occurred"),
            (
                503, "PLANNED_MAINTENANCE",
                "the Plaid API is temporarily unavailable due to planned maintenance. visit "
                    + "https://status.plaid.com/ for more information"
            ),
        ]
    )

    private static let institutionErrors = table(
        "INSTITUTION_ERROR",
        [
            (
                400, "INSTITUTION_DOWN",
                "this institution is not currently responding to this request. please try again soon"
            ),
            (
                400, "INSTITUTION_NOT_RESPONDING",
                "this institution is not currently responding to this request. please try again soon"
            ),
            (
                400, "INSTITUTION_NOT_AVAILABLE",
                "this institution is not currently responding to this request. please try again soon"
            ),
            (400, "INSTITUTION_NO_LONGER_SUPPORTED", "this institution is no longer supported"),
            (400, "UNSUPPORTED_RESPONSE", "the data returned from the financial institution is not valid"),
        ]
    )

    private static let itemErrors = table(
        "ITEM_ERROR",
        [
            (
                400, "ITEM_LOGIN_REQUIRED",
                "the login details of this item have changed (credentials, MFA, or required user action) and a "
                    + "user login is required to update this information. use Link's update mode to restore the item "
                    + "to a good state"
            ),
            (
                400, "ITEM_NOT_FOUND",
                "The Item you requested cannot be found. This Item does not exist, has been previously removed "
                    + "via /item/remove, or has had access removed by the user."
            ),
            (400, "ITEM_NOT_SUPPORTED", "this account is currently not supported"),
            (400, "ACCESS_NOT_GRANTED", "access to this product was not granted for the account"),
            (
                400, "NO_AUTH_ACCOUNTS",
                "There are no valid checking or savings account(s) associated with this Item. See "
                    + "https://plaid.com/docs/api/#item-errors for more."
            ),
            (400, "NO_ACCOUNTS", "no valid accounts were found for this item"),
            (400, "PRODUCTS_NOT_SUPPORTED", ""),
            (
                400, "PRODUCT_NOT_ENABLED",
                "A requested product was not enabled for the current access token. Please ensure it is included "
                    + "when when initializing Link and create the Item again."
            ),
            (
                400, "PRODUCT_NOT_READY",
                "the requested product is not yet ready. please provide a webhook or try the request again later"
            ),
            (
                400, "ITEM_LOCKED",
                "the account is locked. prompt the user to visit the institution's site and unlock their account"
            ),
            (
                400, "USER_SETUP_REQUIRED",
                "the account has not been fully set up. prompt the user to visit the issuing institution's site "
                    + "and finish the setup process"
            ),
            (400, "PASSWORD_RESET_REQUIRED", "user must reset their password"),
            (400, "INVALID_CREDENTIALS", "the provided credentials were not correct"),
            (400, "INSUFFICIENT_CREDENTIALS", "insufficient authorization was provided to complete the request"),
            (
                400, "MFA_NOT_SUPPORTED",
                "this account requires a MFA type that we do not currently support for the institution"
            ),
            (400, "ITEM_CONCURRENTLY_DELETED", "This item was deleted while the operation was in progress"),
        ]
    )

    private static let invalidInputs = table(
        "INVALID_INPUT",
        [
            (400, "INVALID_API_KEYS", "invalid client_id or secret provided"),
            (
                400, "UNAUTHORIZED_ENVIRONMENT",
                "you are not authorized to create items in this api environment. Go to the Dashboard "
                    + "(https://dashboard.plaid.com) to see which environments you are authorized for."
            ),
            (400, "UNAUTHORIZED_ROUTE_ACCESS", "you are not authorized to access this route in this api environment."),
            (
                400, "INVALID_PRODUCT",
                "The provided API keys are not enabled for the Bond integration. Please see "
                    + "https://dashboard.plaid.com/developers/integrations to enable your keys for this integration."
            ),
            (400, "INVALID_ACCESS_TOKEN", "could not find matching access token"),
            (
                400, "INVALID_ACCESS_TOKEN",
                "provided access token is in an invalid format. expected format: "
                    + "access-<environment>-<identifier>"
            ),
            (
                400, "INVALID_ACCESS_TOKEN",
                "provided access token is for the wrong Plaid environment. expected \"production\", got "
                    + "\"sandbox\""
            ),
            (400, "INVALID_ACCOUNT_ID", "failed to find requested account ID for requested item"),
            (
                400, "ADDITIONAL_CONSENT_REQUIRED",
                "client does not have user consent to access the PRODUCT_AUTH product"
            ),
            (
                400, "USER_PERMISSION_REVOKED",
                "the holder of this account has revoked their permission for your application to access it"
            ),
        ]
    )

    private static let invalidRequests = table(
        "INVALID_REQUEST",
        [
            (400, "MISSING_FIELDS", "the following required fields are missing: account_id"),
            (400, "UNKNOWN_FIELDS", "the following fields are not recognized by this endpoint: account_id"),
            (400, "INVALID_FIELD", "account_id is not valid for this request"),
            (400, "INVALID_BODY", "body could not be parsed as JSON"),
            (400, "INVALID_HEADERS", "the Plaid-Version header is not valid"),
            (
                400, "INCOMPATIBLE_API_VERSION",
                "The public_key cannot be used for this endpoint as of version 2020-09-14 of the API. Please use "
                    + "the client_id and secret instead."
            ),
            (404, "NOT_FOUND", "not found"),
            (404, "NO_LONGER_AVAILABLE", "This endpoint has been discontinued as of version 2020-09-14 of the API."),
        ]
    )

    private static func table(_ type: String, _ rows: [(status: Int, code: String, message: String)]) -> [PlaidProblem]
    {
        rows.map { PlaidProblem(status: $0.status, type: type, code: $0.code, message: $0.message) }
    }
}
