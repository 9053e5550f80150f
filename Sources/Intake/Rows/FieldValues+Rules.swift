import Domain

extension FieldValues {
    /// The owner, of whom there has to be one.
    func oneOwner(mayBeBusiness: Bool) throws(RecordProblem) -> Owner {
        guard let owner else {
            let fields = mayBeBusiness ? "customer_id and business_id are" : "customer_id is"
            throw problem(.missingValue, at: customer.offset, "\(fields) empty: fill in one owner")
        }
        if owner.kind == .business, !mayBeBusiness {
            let message = "the row belongs to a business: give --business-owners if that is meant"
            throw problem(.businessOwner, at: business.offset, message)
        }
        return owner
    }

    /// What reaches the account: the access token, or in its place a public one.
    func oneCredential(_ environment: DeploymentEnvironment) throws(RecordProblem) -> Credential {
        if let token = token.text {
            try checkEnvironment(of: token, environment)
            return .accessToken(Secret(token))
        }
        guard let text = publicToken.text else {
            throw problem(.missingValue, at: max(token.offset, publicToken.offset), "access_token is empty: fill it in")
        }
        try checkEnvironment(of: text, kind: "public", at: publicToken.offset, environment)
        return .publicToken(Secret(text))
    }

    /// Makes sure that an access token is not of another environment: it would be sent to the wrong server.
    func checkEnvironment(of token: String, _ environment: DeploymentEnvironment) throws(RecordProblem) {
        try checkEnvironment(of: token, kind: "access", at: self.token.offset, environment)
    }

    private func checkEnvironment(
        of token: String,
        kind: String,
        at offset: Int,
        _ environment: DeploymentEnvironment
    ) throws(RecordProblem) {
        guard token.hasPrefix("\(kind)-"), !token.hasPrefix("\(kind)-\(environment.tokenInfix)-") else { return }
        if token.hasPrefix("\(kind)-development-") {
            let message =
                "the \(kind) token is of Plaid's development environment, which was switched off on 2024-06-20: "
                + "link the account again"
            throw problem(.wrongEnvironment, at: offset, message)
        }
        for other in ["sandbox", "production"] where token.hasPrefix("\(kind)-\(other)-") {
            let message =
                "the \(kind) token is of Plaid's \(other) environment and this is \(environment.rawValue): "
                + "give the right --env, or take the row out"
            throw problem(.wrongEnvironment, at: offset, message)
        }
    }
}
