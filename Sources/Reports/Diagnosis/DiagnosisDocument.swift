/// A diagnosis for scripts.
package struct DiagnosisDocument: Sendable {
    private let diagnosis: Diagnosis

    /// Makes the document of a diagnosis.
    package init(_ diagnosis: Diagnosis) {
        self.diagnosis = diagnosis
    }

    /// The document on one line, without a line break at its end.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "verdict": .string(diagnosis.verdict.rawValue),
            "checks": .array(diagnosis.checks.map(check)),
        ]
        return document.text
    }

    private func check(_ check: Diagnosis.Check) -> JSONValue {
        [
            "name": .string(check.name),
            "verdict": .string(check.verdict.rawValue),
            "detail": .string(check.detail),
            "advice": JSONValue(check.advice),
        ]
    }
}
