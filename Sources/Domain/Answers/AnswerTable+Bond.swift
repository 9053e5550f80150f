extension AnswerTable {
    /// Bond's answers to a POST.
    ///
    /// First the codes after which a link may exist, whatever the status; then what outranks the other codes; then the
    /// documented codes, and at last the HTTP status.
    static let bondRules: [AnswerRule] =
        bondDoubts + [
            AnswerRule(
                .bond,
                message: "identity",
                status: 400...400,
                .settle(.rejected, .fixIdentity),
                reported: "identity_mismatch",
                "The customer does not match Plaid's records: correct the customer at Bond or the account."
            ),
            AnswerRule(
                .bond,
                status: 422...422,
                .stop,
                "Enable Bond as an integration at dashboard.plaid.com/developers/integrations; then run again."
            ),
            AnswerRule(.bond, status: 401...401, .stop, checkKeys),
            AnswerRule(.bond, status: 403...403, .stop, checkKeys + " A wrong address answers 403 as well."),
            AnswerRule(
                .bond,
                status: 300...399,
                .stop,
                "Bond redirects: check --bond-url; credentials are not sent on."
            ),
            AnswerRule(.bond, status: 429...429, .rateLimited, "Bond is over its limit; nothing to do."),
            AnswerRule(.bond, code: "duplicate_account", .duplicate, duplicateAdvice),
            AnswerRule(.bond, status: 408...408, .doubt, doubtAdvice),
            AnswerRule(.bond, status: 424...424, .doubt, doubtAdvice),
            AnswerRule(.bond, status: 500...599, .doubt, doubtAdvice),
        ] + bondCodes + [
            AnswerRule(.bond, code: "auth_err", .stop, checkKeys),
            AnswerRule(.bond, code: "unknown_customer_auth", .stop, checkKeys),
            AnswerRule(.bond, status: 409...409, .duplicate, duplicateAdvice),
            AnswerRule(
                .bond,
                status: 400...499,
                .unknown,
                "An answer nobody has documented. It is tried in three runs, then rejected."
            ),
            AnswerRule(.bond, .doubt, doubtAdvice),
        ]

    private static let checkKeys = "Check BOND_IDENTITY, BOND_AUTHORIZATION and --env; then run again."
    private static let doubtAdvice = "The link may exist: relink lists the customer's accounts and settles it."
    private static let duplicateAdvice =
        "Bond says it has the account: look at the listed links, then `relink resolve`."

    private static let bondDoubts: [AnswerRule] = [
        "account_data_err", "idempotency_key_exists", "unknown_create_account", "server_error", "service_disabled",
    ].map { AnswerRule(.bond, code: $0, .doubt, doubtAdvice) }

    private static let bondCodes: [AnswerRule] =
        [
            AnswerRule(
                .bond,
                code: "token_exchange_post_schema",
                .tokenRefused,
                "Bond does not take the processor token: a new one is made; if that fails too, ask Bond."
            )
        ]
        + ["customer_dne", "business_dne", "customer_invalid_uuid4", "kyc_dne", "kyb_dne"].map {
            AnswerRule(.bond, code: $0, .settle(.rejected, .fixRow), "Bond does not know the owner: correct its id.")
        }
        + ["invalid_bank_info", "routing_invalid"].map {
            AnswerRule(.bond, code: $0, .settle(.rejected, .fixRow), "Bond does not take the account: choose another.")
        }
        + [
            "account_post_schema", "create_account_schema", "migrate_account_schema", "input_error", "invalid_request",
            "invalid_account_id", "invalid_account_status", "linked_dne", "linked_closed", "account_not_linked_error",
        ].map {
            AnswerRule(.bond, code: $0, .settle(.rejected, .fixRow), "Bond does not take the row: see its message.")
        }
}
