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

    /// Makes sure that an access token is not of another environment: it would be sent to the wrong server.
    func checkEnvironment(of token: String, _ environment: DeploymentEnvironment) throws(RecordProblem) {
        guard token.hasPrefix("access-"), !token.hasPrefix("access-\(environment.tokenInfix)-") else { return }
        if token.hasPrefix("access-development-") {
            let message =
                "the access token is of Plaid's development environment, which was switched off on 2024-06-20: "
                + "link the account again"
            throw problem(.wrongEnvironment, at: self.token.offset, message)
        }
        for other in ["sandbox", "production"] where token.hasPrefix("access-\(other)-") {
            let message =
                "the access token is of Plaid's \(other) environment and this is \(environment.rawValue): "
                + "give the right --env, or take the row out"
            throw problem(.wrongEnvironment, at: self.token.offset, message)
        }
    }
}
