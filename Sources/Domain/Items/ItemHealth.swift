/// Whether an Item's connection works, and what is to be done where it does not.
///
/// It is no state of the rows that use it: what is linked stays linked.
package struct ItemHealth: Sendable, Equatable {
    /// The reported code of a consent that ends soon.
    package static let consentCode = "consent_expires_soon"

    /// `none` where it works.
    package let action: RowAction
    /// What is wrong with it; nothing where it works.
    package let failure: Failure?

    package init(action: RowAction, failure: Failure?) {
        self.action = action
        self.failure = failure
    }

    /// What a reading says.
    ///
    /// - Parameters:
    ///   - reading: Plaid's answer.
    ///   - now: When it came.
    ///   - consentWithin: How long before its end a consent is to be renewed.
    package init(_ reading: ItemReading, now: Timestamp, consentWithin: Duration) {
        if let error = reading.error {
            self.init(AnswerTable.rule(for: error), error)
        } else if let end = reading.consentExpiresAt, end <= now + consentWithin {
            self.init(action: .updateMode, failure: Self.ending(end, now))
        } else {
            self.init(action: .none, failure: nil)
        }
    }

    /// What an error about the Item says, by the rule for it.
    package init(_ rule: AnswerRule, _ refusal: Refusal) {
        let action: RowAction = rule.meaning == .stop ? .review : rule.meaning.action
        self.init(action: action, failure: Failure(refusal, code: rule.reportedCode))
    }

    /// Whether the connection works.
    package var isGood: Bool { action == .none }

    /// Whether a person has to do something; the bank's own trouble passes.
    package var needsSomebody: Bool { action != .none && action != .retry }

    private static func ending(_ end: Timestamp, _ now: Timestamp) -> Failure {
        let message = end <= now ? "the bank's consent ended on \(end)" : "the bank's consent ends on \(end)"
        return Failure(source: .plaid, code: consentCode, message: message)
    }
}
