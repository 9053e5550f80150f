extension AnswerTable {
    /// Plaid's documented codes, most telling first where one code has several meanings.
    static let plaidCodes: [AnswerRule] = plaidStops + plaidWaits + plaidUsers + plaidRefusals

    /// Plaid's answers without a code of the table: by `error_type`, then by HTTP status.
    static let plaidFallbacks: [AnswerRule] = [
        AnswerRule(.plaid, type: "RATE_LIMIT_EXCEEDED", .rateLimited, "Plaid is over its limit; nothing to do."),
        AnswerRule(.plaid, type: "API_ERROR", .transient, "Trouble at Plaid; the next run tries again."),
        AnswerRule(.plaid, type: "INSTITUTION_ERROR", .transient, "Trouble at the bank; the next run tries again."),
        AnswerRule(.plaid, type: "ITEM_ERROR", .settle(.needsUser, .updateMode), sendToUpdateMode),
        AnswerRule(.plaid, type: "INVALID_INPUT", .settle(.rejected, .fixRow), "Correct the row."),
        AnswerRule(.plaid, type: "INVALID_REQUEST", .settle(.rejected, .review), reportBug),
        AnswerRule(
            .plaid,
            status: 300...399,
            .stop,
            "Plaid redirects: check --plaid-url; credentials are not sent on."
        ),
        AnswerRule(.plaid, status: 408...408, .transient, "Plaid was slow; the next run tries again."),
        AnswerRule(.plaid, status: 429...429, .rateLimited, "Plaid is over its limit; nothing to do."),
        AnswerRule(.plaid, status: 500...599, .transient, "Trouble at Plaid; the next run tries again."),
        unknownRule(.plaid),
    ]

    private static let sendToUpdateMode = "Send the user through Plaid Link in update mode, then run again."
    private static let sendToLink = "The connection is gone: the user links the bank anew, then replace the token."
    private static let reportBug = "Plaid does not take the request as it is built; report it."
    private static let wrongKeys = "Check PLAID_CLIENT_ID, PLAID_SECRET and --env; then run again."
    private static let enableBond =
        "Enable Bond as an integration at dashboard.plaid.com/developers/integrations; then run again."

    private static let plaidStops: [AnswerRule] = [
        AnswerRule(.plaid, code: "INVALID_API_KEYS", .stop, wrongKeys),
        AnswerRule(.plaid, code: "UNAUTHORIZED_ENVIRONMENT", .stop, wrongKeys),
        AnswerRule(.plaid, code: "UNAUTHORIZED_ROUTE_ACCESS", .stop, "Ask Plaid to open this endpoint to your keys."),
        AnswerRule(.plaid, code: "DIRECT_INTEGRATION_NOT_ENABLED", .stop, "Ask Plaid for access to its API."),
        AnswerRule(.plaid, code: "INVALID_PRODUCT", message: "not enabled for the", .stop, enableBond),
        AnswerRule(
            .plaid,
            code: "INVALID_ACCESS_TOKEN",
            message: "wrong plaid environment",
            .stop,
            "The tokens are of another environment: check --env and the input."
        ),
        AnswerRule(
            .plaid,
            code: "INVALID_PUBLIC_TOKEN",
            message: "wrong plaid environment",
            .stop,
            "The tokens are of another environment: check --env and the input."
        ),
        AnswerRule(.plaid, code: "NOT_FOUND", .stop, "No such address at Plaid: check --plaid-url."),
        AnswerRule(.plaid, code: "NO_LONGER_AVAILABLE", .stop, "Plaid has withdrawn the endpoint: update relink."),
        AnswerRule(.plaid, code: "CREDITS_EXHAUSTED", .stop, "Ask Plaid for full Production access; then run again."),
    ]

    private static let plaidWaits: [AnswerRule] = [
        AnswerRule(.plaid, code: "RATE_LIMIT", .rateLimited, "Plaid is over its limit; nothing to do."),
        AnswerRule(.plaid, code: "ACCOUNTS_LIMIT", .rateLimited, "Plaid is over its limit; nothing to do."),
        AnswerRule(.plaid, code: "ITEM_GET_LIMIT", .rateLimited, "Plaid is over its limit; nothing to do."),
        AnswerRule(.plaid, code: "INSTITUTION_RATE_LIMIT", .transient, "The bank is busy; the next run tries again."),
        AnswerRule(
            .plaid,
            code: "INTERNAL_SERVER_ERROR",
            .transient,
            "Trouble at Plaid; the next run tries again. If it stays, ask Plaid with the request id."
        ),
        AnswerRule(.plaid, code: "PLANNED_MAINTENANCE", .maintenance, "Plaid is being serviced: see status.plaid.com."),
        AnswerRule(.plaid, code: "INSTITUTION_DOWN", .transient, "The bank is down; run again in some hours."),
        AnswerRule(.plaid, code: "INSTITUTION_NOT_RESPONDING", .transient, "The bank is silent; run again in hours."),
        AnswerRule(.plaid, code: "INSTITUTION_NOT_AVAILABLE", .transient, "The bank is away; run again in hours."),
        AnswerRule(
            .plaid,
            code: "PRODUCT_NOT_READY",
            .transient,
            "Not ready yet; run again later. If it stays, micro-deposits may be unverified."
        ),
    ]

    private static let plaidUsers: [AnswerRule] =
        [
            "ITEM_LOGIN_REQUIRED", "ACCESS_NOT_GRANTED", "NO_AUTH_ACCOUNTS", "NO_ACCOUNTS", "INVALID_CREDENTIALS",
            "INSUFFICIENT_CREDENTIALS", "ADDITIONAL_CONSENT_REQUIRED",
        ].map { AnswerRule(.plaid, code: $0, .settle(.needsUser, .updateMode), sendToUpdateMode) }
        + ["ITEM_LOCKED", "USER_SETUP_REQUIRED", "PASSWORD_RESET_REQUIRED"].map {
            AnswerRule(
                .plaid,
                code: $0,
                .settle(.needsUser, .updateMode),
                "The user first puts it right at the bank, then goes through Plaid Link in update mode."
            )
        }
        + [
            "ITEM_NOT_FOUND", "ITEM_CONCURRENTLY_DELETED", "USER_PERMISSION_REVOKED", "PRODUCT_NOT_ENABLED",
            "INSTITUTION_NO_LONGER_SUPPORTED",
        ].map { AnswerRule(.plaid, code: $0, .settle(.needsUser, .relink), sendToLink) }
        + [
            AnswerRule(
                .plaid,
                code: "INVALID_PUBLIC_TOKEN",
                message: "invalid format",
                .settle(.rejected, .fixRow),
                "That is no public token: correct the row."
            ),
            AnswerRule(
                .plaid,
                code: "INVALID_PUBLIC_TOKEN",
                .settle(.needsUser, .relink),
                "The public token was used before or is older than 30 minutes: the user goes through Plaid Link again."
            ),
            AnswerRule(
                .plaid,
                code: "INVALID_ACCOUNT_ID",
                .settle(.needsUser, .updateMode),
                "Look for the account's new id with /accounts/get; else update mode with account selection."
            ),
        ]

    private static let plaidRefusals: [AnswerRule] =
        [
            AnswerRule(
                .plaid,
                code: "INVALID_ACCESS_TOKEN",
                .settle(.rejected, .fixRow),
                "Plaid does not know the token for these keys: correct the row's access token."
            ),
            AnswerRule(
                .plaid,
                code: "INVALID_PRODUCT",
                .settle(.rejected, .fixRow),
                "The connection has products that Bond cannot take; ask Plaid with the request id."
            ),
        ]
        + ["ITEM_NOT_SUPPORTED", "PRODUCTS_NOT_SUPPORTED", "MFA_NOT_SUPPORTED", "UNSUPPORTED_RESPONSE"].map {
            AnswerRule(.plaid, code: $0, .settle(.rejected, .fixRow), "This account cannot be used; choose another.")
        }
        + [
            "UNAUTHORIZED_INSTITUTION", "INSTITUTION_REGISTRATION_REQUIRED", "INSTITUTION_NOT_ENABLED_IN_ENVIRONMENT",
        ].map {
            AnswerRule(.plaid, code: $0, .settle(.rejected, .fixRow), "Enable the bank in the Plaid dashboard.")
        }
        + [
            AnswerRule(
                .plaid,
                code: "MANUAL_VERIFICATION_REQUIRED",
                .settle(.rejected, .fixRow),
                "The account needs verification by hand."
            ),
            AnswerRule(
                .plaid,
                code: "INVALID_PROCESSOR_TOKEN",
                .settle(.rejected, .fixRow),
                "Plaid does not know the processor token."
            ),
        ]
        + [
            "MISSING_FIELDS", "UNKNOWN_FIELDS", "INVALID_FIELD", "INVALID_BODY", "INVALID_HEADERS",
            "INVALID_CONFIGURATION", "INCOMPATIBLE_API_VERSION", "SANDBOX_ONLY",
        ].map { AnswerRule(.plaid, code: $0, .settle(.rejected, .review), reportBug) }
}
