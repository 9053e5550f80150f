/// A diagnosis for a person.
package struct DiagnosisText: Sendable {
    private let diagnosis: Diagnosis

    /// Makes the text of a diagnosis.
    package init(_ diagnosis: Diagnosis) {
        self.diagnosis = diagnosis
    }

    /// A line for each check, and what to do below them; without a line break at the end.
    package var text: String {
        var table = TextTable(.left, .left, .left)
        for check in diagnosis.checks { table.add([check.verdict.rawValue, check.name, check.detail]) }
        return Paragraphs.joined([table.lines, advice])
    }

    /// Each advice once, in the order of the checks.
    private var advice: [String] {
        var lines: [String] = []
        for advice in diagnosis.checks.compactMap(\.advice) where !lines.contains(advice.printable) {
            lines.append(advice.printable)
        }
        return lines
    }
}
