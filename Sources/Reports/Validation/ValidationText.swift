import Domain

/// What is wrong with an input, for a person.
package struct ValidationText: Sendable {
    private let tally: ValidationTally

    /// Makes the text of what was found.
    package init(_ tally: ValidationTally) {
        self.tally = tally
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
        return hidden > 0 ? ["\(hidden.counted("more problem")); `--invalid FILE` writes them all"] : []
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
