import Domain
import Testing

/// One code that Plaid documents for `/processor/token/create`, and what its documentation asks for.
struct DocumentedPlaidCode: Sendable, CustomTestStringConvertible {
    /// What the documentation of a code asks for.
    enum Asks: Sendable {
        case retry
        case rowFail
        case pauseRun
        case userUpdateMode
        case userRelink
        case fixRequest
    }

    let type: String
    let code: String
    let status: Int
    let asks: Asks
    let message: String

    init(_ type: String, _ code: String, _ status: Int, _ asks: Asks, _ message: String = "") {
        self.type = type
        self.code = code
        self.status = status
        self.asks = asks
        self.message = message
    }

    var testDescription: String { message.isEmpty ? code : "\(code): \(message)" }

    /// What the program makes of it.
    var meaning: AnswerMeaning {
        switch asks {
        case .retry: code == "RATE_LIMIT" ? .rateLimited : .transient
        case .rowFail: .settle(.rejected, .fixRow)
        case .pauseRun: code == "PLANNED_MAINTENANCE" ? .maintenance : .stop
        case .userUpdateMode: .settle(.needsUser, .updateMode)
        case .userRelink: .settle(.needsUser, .relink)
        case .fixRequest: .settle(.rejected, .review)
        }
    }
}

extension DocumentedPlaidCode {
    /// Codes with one meaning each.
    static let plain: [Self] = [
        Self("RATE_LIMIT_EXCEEDED", "RATE_LIMIT", 429, .retry),
        Self("RATE_LIMIT_EXCEEDED", "INSTITUTION_RATE_LIMIT", 429, .retry),
        Self("RATE_LIMIT_EXCEEDED", "CREDITS_EXHAUSTED", 429, .pauseRun),
        Self("API_ERROR", "INTERNAL_SERVER_ERROR", 500, .retry),
        Self("API_ERROR", "PLANNED_MAINTENANCE", 503, .pauseRun),
        Self("INSTITUTION_ERROR", "INSTITUTION_DOWN", 400, .retry),
        Self("INSTITUTION_ERROR", "INSTITUTION_NOT_RESPONDING", 400, .retry),
        Self("INSTITUTION_ERROR", "INSTITUTION_NOT_AVAILABLE", 400, .retry),
        Self("INSTITUTION_ERROR", "INSTITUTION_NO_LONGER_SUPPORTED", 400, .userRelink),
        Self("INSTITUTION_ERROR", "UNSUPPORTED_RESPONSE", 400, .rowFail),
        Self("ITEM_ERROR", "ITEM_LOGIN_REQUIRED", 400, .userUpdateMode),
        Self("ITEM_ERROR", "ITEM_NOT_FOUND", 400, .userRelink),
        Self("ITEM_ERROR", "ITEM_NOT_SUPPORTED", 400, .rowFail),
        Self("ITEM_ERROR", "ACCESS_NOT_GRANTED", 400, .userUpdateMode),
        Self("ITEM_ERROR", "NO_AUTH_ACCOUNTS", 400, .userUpdateMode),
        Self("ITEM_ERROR", "NO_ACCOUNTS", 400, .userUpdateMode),
        Self("ITEM_ERROR", "PRODUCTS_NOT_SUPPORTED", 400, .rowFail),
        Self("ITEM_ERROR", "PRODUCT_NOT_ENABLED", 400, .userRelink),
        Self("ITEM_ERROR", "PRODUCT_NOT_READY", 400, .retry),
        Self("ITEM_ERROR", "ITEM_LOCKED", 400, .userUpdateMode),
        Self("ITEM_ERROR", "USER_SETUP_REQUIRED", 400, .userUpdateMode),
        Self("ITEM_ERROR", "PASSWORD_RESET_REQUIRED", 400, .userUpdateMode),
        Self("ITEM_ERROR", "INVALID_CREDENTIALS", 400, .userUpdateMode),
        Self("ITEM_ERROR", "INSUFFICIENT_CREDENTIALS", 400, .userUpdateMode),
        Self("ITEM_ERROR", "MFA_NOT_SUPPORTED", 400, .rowFail),
        Self("ITEM_ERROR", "ITEM_CONCURRENTLY_DELETED", 400, .userRelink),
        Self("INVALID_INPUT", "INVALID_API_KEYS", 400, .pauseRun),
        Self("INVALID_INPUT", "UNAUTHORIZED_ENVIRONMENT", 400, .pauseRun),
        Self("INVALID_INPUT", "UNAUTHORIZED_ROUTE_ACCESS", 400, .pauseRun),
        Self("INVALID_INPUT", "INVALID_ACCOUNT_ID", 400, .userUpdateMode),
        Self("INVALID_INPUT", "ADDITIONAL_CONSENT_REQUIRED", 400, .userUpdateMode),
        Self("INVALID_INPUT", "USER_PERMISSION_REVOKED", 400, .userRelink),
        Self("INVALID_REQUEST", "MISSING_FIELDS", 400, .fixRequest),
        Self("INVALID_REQUEST", "UNKNOWN_FIELDS", 400, .fixRequest),
        Self("INVALID_REQUEST", "INVALID_FIELD", 400, .fixRequest),
        Self("INVALID_REQUEST", "INVALID_BODY", 400, .fixRequest),
        Self("INVALID_REQUEST", "INVALID_HEADERS", 400, .fixRequest),
        Self("INVALID_REQUEST", "INCOMPATIBLE_API_VERSION", 400, .fixRequest),
        Self("INVALID_REQUEST", "NOT_FOUND", 404, .pauseRun),
        Self("INVALID_REQUEST", "NO_LONGER_AVAILABLE", 404, .pauseRun),
    ]

    /// Codes whose message decides.
    static let byMessage: [Self] = [
        Self("INVALID_INPUT", "INVALID_ACCESS_TOKEN", 400, .rowFail, "could not find matching access token"),
        Self(
            "INVALID_INPUT",
            "INVALID_ACCESS_TOKEN",
            400,
            .rowFail,
            "provided access token is in an invalid format. expected format: access-<environment>-<identifier>"
        ),
        Self(
            "INVALID_INPUT",
            "INVALID_ACCESS_TOKEN",
            400,
            .pauseRun,
            "provided access token is for the wrong Plaid environment. expected \"production\", got \"sandbox\""
        ),
        Self(
            "INVALID_INPUT",
            "INVALID_PRODUCT",
            400,
            .pauseRun,
            "The provided API keys are not enabled for the Bond integration. Please see "
                + "https://dashboard.plaid.com/developers/integrations to enable your keys for this integration."
        ),
        Self(
            "INVALID_INPUT",
            "INVALID_PRODUCT",
            400,
            .rowFail,
            "the item has products that cannot be used with this processor"
        ),
    ]
}
