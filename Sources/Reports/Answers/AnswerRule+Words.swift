import Domain

extension AnswerRule {
    /// Which answers the rule is about, apart from their HTTP status.
    var answer: String {
        var parts = [reportedCode ?? code, type.map { "type " + $0 }].compactMap(\.self)
        if let messagePart { parts.append("message has \"\(messagePart)\"") }
        if parts.isEmpty { return statuses == nil ? "anything else" : "any code" }
        return parts.joined(separator: ", ")
    }

    /// The HTTP statuses, as `400` or `500-599`.
    var statusRange: String? {
        guard let statuses else { return nil }
        return statuses.count == 1 ? "\(statuses.lowerBound)" : "\(statuses.lowerBound)-\(statuses.upperBound)"
    }
}
