/// An error as Bond tells it: four members, the status repeated among them.
struct BondProblem: Error, Sendable {
    let status: Int
    let code: String
    let message: JSON
    let type: String

    init(_ status: Int, _ code: String, _ message: JSON, type: String = "Request Error") {
        self.status = status
        self.code = code
        self.message = message
        self.type = type
    }

    var body: JSON {
        ["Message": message, "Status": .int(status), "Code": .string(code), "Type": .string(type)]
    }

    var reply: Reply { .json(status, body) }

    static let unauthenticated = BondProblem(
        401,
        "auth_err",
        "Authentication failed: check Identity and Authorization."
    )
    static let duplicate = BondProblem(409, "duplicate_account", "An account with these credentials already exists.")
    static let tokenRefused = BondProblem(
        400,
        "token_exchange_post_schema",
        "There was an error validating the Plaid tokens."
    )
    static let rateLimit = BondProblem(429, "rate_limit", "Too many requests.")
    static let emptyList = BondProblem(400, "query_params", "There are no accounts in this query set.")
    static let linkMissing = BondProblem(404, "linked_dne", "The linked account does not exist.")
    static let identityFailure = BondProblem(
        400,
        "account_post_schema",
        "Failed to exchange token due to identity failure, accounts were not linked."
    )

    static func ownerNotUUID(_ name: String) -> BondProblem {
        BondProblem(400, "customer_invalid_uuid4", .string("\(name) is not a valid UUID."))
    }

    static func schema(_ field: String, _ complaint: String) -> BondProblem {
        BondProblem(400, "account_post_schema", .object([field: [.string(complaint)]]))
    }
}
