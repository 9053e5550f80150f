/// What every answer of both APIs means.
///
/// Rules are tried in order; the first that matches holds.
package enum AnswerTable {
    /// All rules, in the order they are tried: Plaid by code, message, type, status; Bond by the statuses that
    /// outrank its codes, code, status, message.
    package static let rules: [AnswerRule] = plaidCodes + plaidFallbacks + bondRules

    /// The rule for an answer; there is always one.
    package static func rule(for refusal: Refusal) -> AnswerRule {
        let candidates = refusal.api == .plaid ? plaidRules : bondRules
        return candidates.first { $0.matches(refusal) } ?? unknownRule(refusal.api)
    }

    /// The rule for an answer that no other rule is about.
    package static func unknownRule(_ api: API) -> AnswerRule {
        AnswerRule(api, .unknown, "An answer nobody has documented. It is tried in three runs, then rejected.")
    }

    private static let plaidRules = plaidCodes + plaidFallbacks
}
