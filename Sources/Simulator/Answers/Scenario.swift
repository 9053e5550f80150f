package import FoundationEssentials

/// Answers laid down beforehand, as a JSON document.
///
/// ```json
/// {"rules": [
///   {"operation": "link", "match": {"customer_id": "e3dbc230-eba2-482a-95b9-791f5386e4b0"},
///    "answers": ["bond-503-after", "normal"]},
///   {"operation": "mint", "match": {}, "answers": ["plaid-429"], "then": "repeat"}
/// ]}
/// ```
/// A rule matches the calls of its operation (`mint`, `read`, `link`, `list`, `remove`, `check`) that have every value
/// named in `match`: `customer_id` (or a business id), `account_id`, `access_token`, `processor_token`, `path` (of a call
/// of Plaid's). The first rule that matches and has an answer left gives its next one. After the last one the rule is spent (`"then": "normal"`, as
/// when nothing is said) or goes on giving the last (`"then": "repeat"`). Answers have the catalogue's names, or `normal`.
package struct Scenario: Sendable, Codable {
    /// One rule.
    package struct Rule: Sendable, Codable {
        /// The values a call must have; none is any call.
        package struct Match: Sendable, Codable {
            /// The customer's or business's id.
            package var customerID: String?
            /// Plaid's account id; of a removal, the link's id.
            package var accountID: String?
            /// The access token of the call, or the one behind its processor token.
            package var accessToken: String?
            /// The processor token of a link.
            package var processorToken: String?
            /// The path of a call of Plaid's, such as `/item/public_token/exchange`.
            package var path: String?

            /// Matches the calls that have every value given.
            package init(
                customerID: String? = nil,
                accountID: String? = nil,
                accessToken: String? = nil,
                processorToken: String? = nil,
                path: String? = nil
            ) {
                self.customerID = customerID
                self.accountID = accountID
                self.accessToken = accessToken
                self.processorToken = processorToken
                self.path = path
            }

            private enum CodingKeys: String, CodingKey {
                case customerID = "customer_id"
                case accountID = "account_id"
                case accessToken = "access_token"
                case processorToken = "processor_token"
                case path
            }
        }

        /// What a rule does when its answers are used up.
        package enum Ending: String, Sendable, Codable {
            case normal
            case `repeat`
        }

        /// The kind of call.
        package var operation: Operation
        /// Which calls of that kind.
        package var match: Match
        /// The names of the answers, in turn.
        package var answers: [String]
        /// What comes after them; nil is ``Ending/normal``.
        package var then: Ending?

        /// Gives the answers, one a call, to the calls that match.
        package init(_ operation: Operation, match: Match = Match(), answers: [String], then: Ending? = nil) {
            self.operation = operation
            self.match = match
            self.answers = answers
            self.then = then
        }
    }

    /// The rules, the first one that matches counting.
    package var rules: [Rule]

    /// Makes a scenario of rules.
    package init(rules: [Rule] = []) {
        self.rules = rules
    }

    /// Reads the JSON document; throws where it is not one.
    package init(parsing data: Data) throws {
        self = try JSONDecoder().decode(Scenario.self, from: data)
    }

    func validate() throws(SimulatorError) {
        for rule in rules {
            guard !rule.answers.isEmpty else { throw .scenarioWithoutAnswers(rule.operation) }
            for name in rule.answers {
                try SimulatorError.checkAnswer(name, for: rule.operation)
            }
        }
    }
}
