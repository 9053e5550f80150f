/// The Item behind an access token: everything about it follows from the token's own characters.
struct PlaidItem {
    /// The errors that every read of the Item is refused with.
    private static let fatalCodes: Set = [
        "INVALID_ACCESS_TOKEN", "INVALID_API_KEYS", "ITEM_CONCURRENTLY_DELETED", "ITEM_NOT_FOUND",
        "USER_PERMISSION_REVOKED", "PLANNED_MAINTENANCE", "INTERNAL_SERVER_ERROR",
    ]
    /// The errors that stand inside a broken Item.
    private static let healthCodes: Set = [
        "ITEM_LOGIN_REQUIRED", "ITEM_LOCKED", "ITEM_NOT_SUPPORTED", "NO_ACCOUNTS", "USER_SETUP_REQUIRED",
        "PASSWORD_RESET_REQUIRED", "INVALID_CREDENTIALS", "INSUFFICIENT_CREDENTIALS", "MFA_NOT_SUPPORTED",
    ]

    private let token: String
    private let problem: PlaidProblem?

    init(_ token: String) {
        self.token = token
        let answer = AnswerCatalogue.answer(number: MagicToken(token).plaid)
        problem = if case .plaid(let problem) = answer?.shape, answer?.recurrence == .always { problem } else { nil }
    }

    static func itemID(_ token: String) -> String {
        Fingerprint("item " + token).identifier(count: 37)
    }

    /// The Item; a broken one answers 200 with its error inside, one that is gone throws.
    func health() throws(PlaidProblem) -> JSON {
        if let problem, PlaidItem.fatalCodes.contains(problem.code) { throw problem }
        let illness = problem.flatMap { PlaidItem.healthCodes.contains($0.code) ? $0 : nil }
        return [
            "item_id": .string(PlaidItem.itemID(token)), "institution_id": "ins_109508",
            "institution_name": "First Platypus Bank", "webhook": nil, "update_type": "background",
            "available_products": ["balance", "identity"], "billed_products": ["auth"], "products": ["auth"],
            "consent_expiration_time": nil, "auth_method": "INSTANT_AUTH",
            "error": illness?.body(requestID: Fingerprint(token).identifier(count: 15)) ?? .null,
        ]
    }

    func accountsBody(options: JSON?) throws(PlaidProblem) -> [String: JSON] {
        if let problem, ["ITEM_LOGIN_REQUIRED", "NO_ACCOUNTS"].contains(problem.code) { throw problem }
        let accounts = ["checking", "savings"].map(account)
        let item = try health()
        guard let wanted = options?["account_ids"]?.elements else {
            return ["accounts": .array(accounts), "item": item]
        }
        let chosen = accounts.filter { account in wanted.contains { $0 == account["account_id"] } }
        guard chosen.count == wanted.count else {
            throw PlaidProblem(
                type: "INVALID_INPUT",
                code: "INVALID_ACCOUNT_ID",
                message: "failed to find requested account ID for requested item"
            )
        }
        return ["accounts": .array(chosen), "item": item]
    }

    private func account(_ subtype: String) -> JSON {
        [
            "account_id": .string(Fingerprint(subtype + token).identifier(count: 37)),
            "balances": [
                "available": 100, "current": 110, "limit": nil, "iso_currency_code": "USD",
                "unofficial_currency_code": nil,
            ],
            "mask": subtype == "checking" ? "0000" : "1111",
            "name": .string(subtype == "checking" ? "Plaid Checking" : "Plaid Savings"),
            "official_name": nil, "type": "depository", "subtype": .string(subtype), "holder_category": "personal",
        ]
    }
}
