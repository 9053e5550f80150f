/// An error as Plaid tells it: HTTP status, type, code and a message for developers.
struct PlaidProblem: Error, Sendable, Equatable {
    let status: Int
    let type: String
    let code: String
    let message: String

    init(status: Int = 400, type: String, code: String, message: String) {
        self.status = status
        self.type = type
        self.code = code
        self.message = message
    }

    /// The seven keys of a real error body.
    func body(requestID: String) -> JSON {
        let subject = type.lowercased().split(separator: "_").filter { $0 != "error" }.joined(separator: "-")
        return [
            "display_message": nil,
            "documentation_url": .string("https://plaid.com/docs/?ref=error#\(subject)-errors"),
            "error_code": .string(code),
            "error_message": .string(message),
            "error_type": .string(type),
            "request_id": .string(requestID),
            "suggested_action": nil,
        ]
    }

    func reply(requestID: String) -> Reply {
        .json(status, body(requestID: requestID))
    }

    static let invalidKeys = PlaidProblem(
        type: "INVALID_INPUT",
        code: "INVALID_API_KEYS",
        message: "invalid client_id or secret provided"
    )
    static let notFound = PlaidProblem(status: 404, type: "INVALID_REQUEST", code: "NOT_FOUND", message: "not found")
    static let tokenNotFound = accessToken("could not find matching access token")
    static let tokenFormat = accessToken(
        "provided access token is in an invalid format. expected format: access-<environment>-<identifier>"
    )
    static let publicTokenNotFound = publicToken("could not find matching public token")
    static let accountNotFound = PlaidProblem(
        type: "INVALID_INPUT",
        code: "INVALID_ACCOUNT_ID",
        message: "failed to find requested account ID for requested item"
    )
    static let publicTokenFormat = publicToken(
        "provided public token is in an invalid format. expected format: public-<environment>-<identifier>"
    )
    static let internalError = PlaidProblem(
        status: 500,
        type: "API_ERROR",
        code: "INTERNAL_SERVER_ERROR",
        message: "an unexpected error occurred"
    )

    static func tokenEnvironment(_ got: Substring) -> PlaidProblem {
        accessToken("provided access token is for the wrong Plaid environment. expected \"sandbox\", got \"\(got)\"")
    }

    static func publicTokenEnvironment(_ got: Substring) -> PlaidProblem {
        publicToken("provided public token is for the wrong Plaid environment. expected \"sandbox\", got \"\(got)\"")
    }

    static func rateLimit(_ code: String, subject: String) -> PlaidProblem {
        PlaidProblem(
            status: 429,
            type: "RATE_LIMIT_EXCEEDED",
            code: code,
            message: "rate limit exceeded for attempts to access \(subject). please try again later"
        )
    }

    static func request(_ code: String, _ message: String) -> PlaidProblem {
        PlaidProblem(type: "INVALID_REQUEST", code: code, message: message)
    }

    static func publicToken(_ message: String) -> PlaidProblem {
        PlaidProblem(type: "INVALID_INPUT", code: "INVALID_PUBLIC_TOKEN", message: message)
    }

    private static func accessToken(_ message: String) -> PlaidProblem {
        PlaidProblem(type: "INVALID_INPUT", code: "INVALID_ACCESS_TOKEN", message: message)
    }
}
