/// The calls about link tokens and what comes of them.
extension PlaidAPI {
    func exchange(_ request: PlaidRequest) throws(PlaidProblem) -> [String: JSON] {
        let publicToken = request.text("public_token")
        let parts = publicToken.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "public" else { throw .publicTokenFormat }
        guard parts[1] == "sandbox" else { throw .publicTokenEnvironment(parts[1]) }
        let token = try orInternalError { try world.exchange(publicToken: publicToken) }
        return ["access_token": .string(token), "item_id": .string(PlaidItem.itemID(token))]
    }

    func makeLinkToken(_ request: PlaidRequest, base: String) throws(PlaidProblem) -> [String: JSON] {
        let order = try LinkTokenRequest(request)
        var origin: Fingerprint?
        if order.isUpdate {
            let token = try request.accessToken()
            try world.item(token).checkUpdateMode()
            origin = Fingerprint(token)
        }
        let token = "link-sandbox-" + world.environment.makeText()
        let record = order.record(token: token, origin: origin, created: world.environment.now())
        try orInternalError { try world.keep(record) }
        var body: [String: JSON] = [
            "link_token": .string(token), "expiration": .string(CivilTime(record.expires).zulu),
        ]
        if let id = record.hostedID { body["hosted_link_url"] = .string("\(base)/hl/\(id)") }
        return body
    }

    func tellLinkToken(_ request: PlaidRequest) throws(PlaidProblem) -> [String: JSON] {
        guard let record = world.linkToken(request.text("link_token")) else { throw .linkTokenRefused }
        return record.body(at: world.environment.now())
    }
}
