import FoundationEssentials

/// The Item behind an access token: what the token's own characters say, and what has happened to it since.
struct PlaidItem {
    /// The errors that every read of the Item is refused with.
    private static let fatalCodes: Set = [
        "INVALID_ACCESS_TOKEN", "INVALID_API_KEYS", "ITEM_CONCURRENTLY_DELETED", "ITEM_NOT_FOUND",
        "USER_PERMISSION_REVOKED", "PLANNED_MAINTENANCE", "INTERNAL_SERVER_ERROR",
    ]
    /// The errors that leave no Item to open Link for.
    private static let goneCodes: Set = [
        "INVALID_ACCESS_TOKEN", "ITEM_CONCURRENTLY_DELETED", "ITEM_NOT_FOUND", "USER_PERMISSION_REVOKED",
    ]
    /// The errors that a customer puts right in Link's update mode.
    private static let curableCodes: Set = [
        "ACCESS_NOT_GRANTED", "ADDITIONAL_CONSENT_REQUIRED", "INSUFFICIENT_CREDENTIALS", "INVALID_ACCOUNT_ID",
        "INVALID_CREDENTIALS", "ITEM_LOCKED", "ITEM_LOGIN_REQUIRED", "NO_ACCOUNTS", "NO_AUTH_ACCOUNTS",
        "PASSWORD_RESET_REQUIRED", "USER_SETUP_REQUIRED",
    ]
    /// The errors that stand inside a broken Item.
    private static let healthCodes: Set = [
        "ITEM_LOGIN_REQUIRED", "ITEM_LOCKED", "ITEM_NOT_SUPPORTED", "NO_ACCOUNTS", "USER_SETUP_REQUIRED",
        "PASSWORD_RESET_REQUIRED", "INVALID_CREDENTIALS", "INSUFFICIENT_CREDENTIALS", "MFA_NOT_SUPPORTED",
    ]

    let state: ItemState
    /// The number of the answer that a mint gets.
    let magic: Int
    private let token: String
    private let problem: PlaidProblem?

    init(_ token: String, _ state: ItemState) {
        self.token = token
        self.state = state
        let number = MagicToken(token).plaid
        let inborn = PlaidItem.inbornProblem(number)
        let changed = state.isRemoved ? "ITEM_NOT_FOUND" : state.errorCode
        let isCured = state.isHealed && inborn.map { PlaidItem.curableCodes.contains($0.code) } == true
        magic = changed != nil || isCured ? 0 : number
        problem = changed.flatMap(PlaidProblemTable.problem) ?? (isCured ? nil : inborn)
    }

    /// What a token's number says of every call, not of the first one only.
    private static func inbornProblem(_ number: Int) -> PlaidProblem? {
        guard let answer = AnswerCatalogue.answer(number: number), answer.recurrence == .always,
            case .plaid(let problem) = answer.shape
        else { return nil }
        return problem
    }

    static func isCurable(_ problem: PlaidProblem) -> Bool { curableCodes.contains(problem.code) }

    static func itemID(_ token: String) -> String {
        Fingerprint("item " + token).identifier(count: 37)
    }

    var itemID: String { PlaidItem.itemID(token) }
    var errorCode: String? { problem?.code }
    var accounts: [ItemAccount] { state.accounts(of: Fingerprint(token)) }

    /// The Item; a broken one answers 200 with its error inside, one that is gone throws.
    func health() throws(PlaidProblem) -> JSON {
        if let problem, PlaidItem.fatalCodes.contains(problem.code) { throw problem }
        let illness = problem.flatMap { PlaidItem.healthCodes.contains($0.code) ? $0 : nil }
        return [
            "item_id": .string(itemID), "institution_id": .string(Institution.usual.id),
            "institution_name": .string(Institution.usual.name), "webhook": nil, "update_type": "background",
            "available_products": ["balance", "identity"], "billed_products": ["auth"], "products": ["auth"],
            "consent_expiration_time": .optional(state.consentExpiration.map { CivilTime($0).zulu }),
            "auth_method": "INSTANT_AUTH",
            "error": illness?.body(requestID: Fingerprint(token).identifier(count: 15)) ?? .null,
        ]
    }

    func accountsBody(options: JSON?) throws(PlaidProblem) -> [String: JSON] {
        let item = try health()
        try checkAccounts()
        let accounts = accounts
        guard let wanted = options?["account_ids"]?.elements else {
            return ["accounts": .array(accounts.map(\.json)), "item": item]
        }
        let chosen = accounts.filter { wanted.contains(.string($0.id)) }
        guard chosen.count == wanted.count else { throw .accountNotFound }
        return ["accounts": .array(chosen.map(\.json)), "item": item]
    }

    /// Throws where the accounts of a broken Item cannot be had.
    func checkAccounts() throws(PlaidProblem) {
        if let problem, PlaidItem.fatalCodes.union(["ITEM_LOGIN_REQUIRED", "NO_ACCOUNTS"]).contains(problem.code) {
            throw problem
        }
    }

    /// Throws what has happened to the Item that keeps a processor token from being made.
    ///
    /// What the token's number says is not looked at here: it is an answer like those of scenarios and rates.
    func checkMint(of accountID: String) throws(PlaidProblem) {
        if state.isRemoved || state.errorCode != nil, let problem { throw problem }
        if let accounts = state.accounts, !accounts.contains(where: { $0.id == accountID }) { throw .accountNotFound }
    }

    /// Throws where there is no Item left to open Link for.
    func checkUpdateMode() throws(PlaidProblem) {
        if let problem, PlaidItem.goneCodes.contains(problem.code) { throw problem }
    }
}
