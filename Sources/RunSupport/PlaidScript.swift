/// What the scripted Plaid answers to one call.
package enum PlaidScript: Sendable {
    case token
    case refuse(status: Int, code: String?, type: String? = nil, message: String? = nil, retryAfter: Duration? = nil)
    case lost
    case neverSent
    case unusable

    package static let loginRequired = refuse(status: 400, code: "ITEM_LOGIN_REQUIRED", type: "ITEM_ERROR")
    package static let institutionDown = refuse(status: 400, code: "INSTITUTION_DOWN", type: "INSTITUTION_ERROR")
    package static let rateLimit = refuse(status: 429, code: "RATE_LIMIT", type: "RATE_LIMIT_EXCEEDED")
    package static let wrongKeys = refuse(status: 400, code: "INVALID_API_KEYS", type: "INVALID_INPUT")
    package static let badToken = refuse(
        status: 400,
        code: "INVALID_ACCESS_TOKEN",
        type: "INVALID_INPUT",
        message: "could not find matching access token"
    )
    package static let unknown = refuse(status: 418, code: "TEAPOT")
}
