/// How a 429 says when to come back.
package enum RetryAfter: String, Sendable, Codable {
    case none
    case seconds
    case httpDate = "http_date"
}

/// What Bond does with a second link of the same owner and account.
package enum DuplicatePolicy: String, Sendable, Codable {
    /// Makes another link.
    case linkAgain = "link_again"
    /// Answers 409 `duplicate_account` while the first one is active.
    case duplicateAccount = "duplicate_account"
}

/// What Plaid does when asked twice for the same processor token.
package enum MintPolicy: String, Sendable, Codable {
    case newToken = "new_token"
    case sameToken = "same_token"
}

/// The behaviour that can change while the simulator runs; as JSON it has the same names in snake case.
package struct SimulatorBehaviour: Sendable, Codable {
    /// Accepted `/processor/token/create` calls a minute; nil is no limit.
    package var plaidLimit: Int? = 500
    /// Accepted `/item/get`, and likewise `/accounts/get`, calls of one Item a minute; nil is no limit.
    package var plaidItemLimit: Int? = 15
    /// Accepted Bond calls of every kind a minute; nil is no limit.
    package var bondLimit: Int? = 1000
    /// How those limits are counted.
    package var limiter = LimiterKind.slidingWindow
    /// Seconds that they are counted over: at 10, a limit of 600 is one of 100 in 10 s.
    package var limitPeriod = 60.0
    /// What a 429 of those limits carries.
    package var retryAfter = RetryAfter.none
    /// Seconds a Plaid answer takes, drawn evenly; what a call brings about happens before them.
    package var plaidLatency = 0.0...0.0
    /// Seconds a Bond answer takes, likewise.
    package var bondLatency = 0.0...0.0
    /// What every Plaid call is answered while Plaid is away; nil while it is not.
    package var plaidOutage: Outage?
    /// What every Bond call is answered while Bond is away; nil while it is not.
    package var bondOutage: Outage?
    /// Seconds that a `slow` answer takes on top.
    package var slowDelay = 5.0
    /// For each operation, how probable each answer of the catalogue is, by name.
    package var faults: [Operation: [String: Double]] = [:]
    /// What Bond does with a second link of the same owner and account.
    package var duplicatePolicy = DuplicatePolicy.linkAgain
    /// What Plaid does when asked twice for the same token.
    package var mintPolicy = MintPolicy.newToken
    /// Whether links made from processor tokens are listed at all; planted ones are.
    package var listsLinks = true
    /// How probable it is that a link is never listed.
    package var hiddenLinkProbability = 0.0
    /// Seconds before a new link is listed.
    package var listingDelay = 0.0
    /// Answers an empty list with a `query_params` error.
    package var emptyListAsError = false
    /// Whether lists tell the last digits of an account's number.
    package var listsMasks = false
    /// Seconds that Bond's clock is ahead.
    package var clockOffset = 0.0
    /// What is right or wrong with the signatures of webhooks.
    package var webhookSignature = WebhookSignature.valid

    /// The documented limits and no faults.
    package init() {}

    /// The JSON names.
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case plaidLimit = "plaid_limit"
        case plaidItemLimit = "plaid_item_limit"
        case bondLimit = "bond_limit"
        case limiter
        case limitPeriod = "limit_period"
        case retryAfter = "retry_after"
        case plaidLatency = "plaid_latency"
        case bondLatency = "bond_latency"
        case plaidOutage = "plaid_outage"
        case bondOutage = "bond_outage"
        case slowDelay = "slow_delay"
        case faults
        case duplicatePolicy = "duplicate_policy"
        case mintPolicy = "mint_policy"
        case listsLinks = "lists_links"
        case hiddenLinkProbability = "hidden_link_probability"
        case listingDelay = "listing_delay"
        case emptyListAsError = "empty_list_as_error"
        case listsMasks = "lists_masks"
        case clockOffset = "clock_offset"
        case webhookSignature = "webhook_signature"
    }

    func latency(of api: API) -> ClosedRange<Double> {
        api == .plaid ? plaidLatency : bondLatency
    }

    /// The calls that a limit of `limit` a minute lets pass in one period, at least one.
    func perPeriod(_ limit: Int) -> Int {
        max(1, Int((Double(limit) * limitPeriod / 60).rounded()))
    }

    func outage(of api: API) -> Outage? {
        api == .plaid ? plaidOutage : bondOutage
    }

    func validate() throws(SimulatorError) {
        for (operation, rates) in faults {
            for (name, rate) in rates {
                try SimulatorError.checkAnswer(name, for: operation)
                guard (0...1).contains(rate) else { throw .badProbability(name) }
            }
            guard rates.values.reduce(0, +) <= 1.000_001 else { throw .badProbability(operation.rawValue) }
        }
        guard (0...1).contains(hiddenLinkProbability) else { throw .badProbability("hidden_link_probability") }
        guard limitPeriod > 0 else { throw .badPeriod(limitPeriod) }
    }

    /// The same with the members of a JSON object in place of its own; throws where it is none or does not fit.
    package func merging(parsing bytes: some Sequence<UInt8>) throws -> SimulatorBehaviour {
        guard let members = try JSON(parsing: bytes).members else {
            throw AdminProblem("the settings are not an object")
        }
        return try merging(members)
    }

    /// The same with some members replaced; throws where a name or a value does not fit.
    func merging(_ changes: [String: JSON]) throws -> SimulatorBehaviour {
        let known = Set(CodingKeys.allCases.map(\.rawValue))
        if let name = changes.keys.sorted().first(where: { !known.contains($0) }) {
            throw AdminProblem("\(name) is not a setting")
        }
        let merged = (try JSON(encoding: self).members ?? [:]).merging(changes) { _, new in new }
        let behaviour = try JSON.object(merged).decoded(as: SimulatorBehaviour.self)
        try behaviour.validate()
        return behaviour
    }
}
