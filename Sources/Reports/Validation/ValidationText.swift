import Domain

/// What is wrong with an input, for a person.
package struct ValidationText: Sendable {
    private let tally: ValidationTally
    private let file: String?

    /// Makes the text of what was found, all of which is in `file` where there is one.
    package init(_ tally: ValidationTally, file: String? = nil) {
        (self.tally, self.file) = (tally, file)
    }

    /// The lines, without a line break at the end; a problem's begins with `file:line:column:`.
    package var text: String {
        Paragraphs.joined([problemLines, hiddenLines, countLines])
    }

    private var problemLines: [String] {
        tally.problems.map { problem in
            let place = "\(problem.position.file):\(problem.line):\(problem.column)"
            return "\(place): \(problem.reason.rawValue): \(problem.message)".printable
        }
    }

    private var hiddenLines: [String] {
        let hidden = tally.invalid - tally.problems.count
        guard hidden > 0 else { return [] }
        let all = file.map { "all \(tally.invalid.grouped) are in \($0)" } ?? "`--invalid FILE` writes them all"
        return ["\(hidden.counted("more problem")); \(all)"]
    }

    private var countLines: [String] {
        let counts = [
            (count: tally.valid, of: "valid"), (count: tally.invalid, of: "invalid"),
            (count: tally.duplicate, of: "duplicate"),
        ]
        var table = TextTable(.left, .left)
        table.add(["rows", "\(tally.read.grouped) read: \(counts.inWords)"])
        if tally.invalid > 0 { table.add(["invalid", tally.reasons.inWords]) }
        for warning in RowWarning.allCases {
            guard let count = tally.warnings[warning] else { continue }
            table.add(["warning", "\(count.counted("row")) with \(warning.rawValue): \(warning.sentence)"])
        }
        return table.lines
    }
}
