/// One line of the answer table: which answers it is about, what they mean, and what a person can do.
package struct AnswerRule: Sendable, Equatable {
    package let api: API
    /// The remote code, upper and lower case alike; nothing matches any.
    package let code: String?
    /// A part of the message, in lower case; nothing matches any.
    package let messagePart: String?
    /// Plaid's `error_type`; nothing matches any.
    package let type: String?
    /// The HTTP statuses; nothing matches any.
    package let statuses: ClosedRange<Int>?
    package let meaning: AnswerMeaning
    /// A better code for reports than the remote one.
    package let reportedCode: String?
    /// One sentence on what to do.
    package let advice: String

    package init(
        _ api: API,
        code: String? = nil,
        message: String? = nil,
        type: String? = nil,
        status: ClosedRange<Int>? = nil,
        _ meaning: AnswerMeaning,
        reported: String? = nil,
        _ advice: String
    ) {
        self.api = api
        self.code = code
        self.messagePart = message
        self.type = type
        self.statuses = status
        self.meaning = meaning
        self.reportedCode = reported
        self.advice = advice
    }

    /// Whether the rule is about this answer.
    package func matches(_ refusal: Refusal) -> Bool {
        refusal.api == api
            && (code.map { $0.lowercased() == refusal.code?.lowercased() } ?? true)
            && (messagePart.map { (refusal.message ?? "").lowercased().contains($0) } ?? true)
            && (type.map { $0 == refusal.type } ?? true)
            && (statuses.map { $0.contains(refusal.status) } ?? true)
    }
}
