/// The calls about an Item that an access token names.
extension PlaidAPI {
    func mint(_ request: PlaidRequest, token: String) throws(PlaidProblem) -> [String: JSON] {
        let accountID = request.text("account_id")
        let minted = try orInternalError {
            do {
                return try world.mint(accessToken: token, accountID: accountID, processor: request.text("processor"))
            } catch let problem as PlaidProblem where PlaidItem.isCurable(problem) {
                try world.name(accountID, of: token)
                throw problem
            }
        }
        return ["processor_token": .string(minted)]
    }

    /// An account that a mint has named is the Item's own, also where the customer has to do something first.
    func noteAccount(of request: PlaidRequest, _ token: String, _ answer: Answer) throws(PlaidProblem) {
        guard case .plaid(let problem) = answer.shape, PlaidItem.isCurable(problem) else { return }
        try orInternalError { try world.name(request.text("account_id"), of: token) }
    }

    func accounts(_ request: PlaidRequest, token: String) throws(PlaidProblem) -> [String: JSON] {
        try world.item(token).checkAccounts()
        let item = try orInternalError { try world.lookAtAccounts(of: token) }
        return try item.accountsBody(options: request.members["options"])
    }

    func remove(_ token: String) throws(PlaidProblem) -> [String: JSON] {
        _ = try world.item(token).health()
        try orInternalError { try world.removeItem(token) }
        return [:]
    }

    func resetLogin(_ token: String) throws(PlaidProblem) -> [String: JSON] {
        _ = try world.item(token).health()
        try orInternalError { try world.breakItem(token) }
        return ["reset_login": true]
    }

    /// Plaid's own errors as they are; a journal that cannot be written is Plaid's internal error.
    func orInternalError<Value>(_ body: () throws -> Value) throws(PlaidProblem) -> Value {
        do {
            return try body()
        } catch let problem as PlaidProblem {
            throw problem
        } catch {
            throw .internalError
        }
    }
}
