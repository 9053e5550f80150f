import Domain

/// What is wrong with an input, for scripts.
package struct ValidationDocument: Sendable {
    private let tally: ValidationTally

    /// Makes the document of what was found.
    package init(_ tally: ValidationTally) {
        self.tally = tally
    }

    /// The document on one line, without a line break at its end; `problems` holds the first ones only.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "rows": [
                "read": .number(tally.read),
                "valid": .number(tally.valid),
                "invalid": .number(tally.invalid),
                "duplicate": .number(tally.duplicate),
            ],
            "reasons": .counts(tally.reasons),
            "warnings": .counts(tally.warnings),
            "problems": .array(tally.problems.map(problem)),
        ]
        return document.text
    }

    private func problem(_ row: InvalidRow) -> JSONValue {
        .object(InvalidColumns.all.map { ($0.name, JSONValue($0.cell(row))) })
    }
}
