package import Domain

/// The table of what every answer means, as `relink errors` prints it.
package struct AnswerTableReport: Sendable {
    private let rules: [AnswerRule]

    /// Makes the report of the table's rules, in the order they are tried.
    package init(rules: [AnswerRule] = AnswerTable.rules) {
        self.rules = rules
    }

    /// The table in aligned columns, without a line break at the end.
    package var text: String {
        var table = TextTable(.left, .left, .left, .left, .left, .left, .left)
        table.add(["API", "ANSWER", "HTTP", "STATE", "ACTION", "HANDLING", "WHAT TO DO"])
        for rule in rules {
            table.add([
                rule.api.rawValue, rule.answer, rule.statusRange ?? "any", rule.meaning.state?.rawValue ?? "as it was",
                rule.meaning.action.rawValue, rule.meaning.handling, rule.advice,
            ])
        }
        return table.lines.joined(separator: "\n")
    }

    /// The table as Markdown, without a line break at the end.
    package var markdown: String {
        var table = MarkdownTable(
            ("API", .left),
            ("Answer", .left),
            ("HTTP", .left),
            ("State", .left),
            ("Action", .left),
            ("Handling", .left),
            ("What to do", .left)
        )
        for rule in rules {
            table.add([
                rule.api.rawValue, rule.answer.markdown, rule.statusRange ?? "any",
                rule.meaning.state.map { "`\($0.rawValue)`" } ?? "as it was", "`\(rule.meaning.action.rawValue)`",
                "`\(rule.meaning.handling)`", rule.advice.markdown,
            ])
        }
        return table.lines.joined(separator: "\n")
    }

    /// The table as a document on one line; `error_code` is the code that reports use.
    package var json: String {
        let document: JSONValue = ["version": 1, "answers": .array(rules.map(answer))]
        return document.text
    }

    private func answer(_ rule: AnswerRule) -> JSONValue {
        [
            "source": .string(rule.api.rawValue),
            "error_type": JSONValue(rule.type),
            "error_code": JSONValue(rule.reportedCode ?? rule.code),
            "message_contains": JSONValue(rule.messagePart),
            "http_status": JSONValue(rule.statusRange),
            "state": JSONValue(rule.meaning.state?.rawValue),
            "action": .string(rule.meaning.action.rawValue),
            "handling": .string(rule.meaning.handling),
            "advice": .string(rule.advice),
        ]
    }
}
