import Domain

/// A comparison for a ticket: the counts, then the first rows that differ.
struct ComparisonMarkdown: ChangeEncoder {
    /// How many rows are shown.
    static let rowLimit = 50

    private let comparison: RunComparison
    private let subject: ReportSubject
    private var shown: [RowChange] = []

    init(_ comparison: RunComparison, about subject: ReportSubject) {
        self.comparison = comparison
        self.subject = subject
    }

    func appendHeader(to buffer: inout [UInt8]) {
        buffer.append(contentsOf: Paragraphs.joined([titleLines, countLines, invalidLines]).utf8)
        buffer.append(UInt8(ascii: "\n"))
    }

    mutating func append(_ change: RowChange, to buffer: inout [UInt8]) {
        if shown.count < Self.rowLimit { shown.append(change) }
    }

    func appendFooter(to buffer: inout [UInt8]) {
        guard !shown.isEmpty else { return }
        buffer.append(contentsOf: ("\n" + Paragraphs.joined([rowLines, fullListLines]) + "\n").utf8)
    }

    private var total: Int { comparison.counts.map(\.rows).reduce(0, +) }

    private var titleLines: [String] {
        let facts = [
            "\(total.counted("row")) changed", subject.environment?.rawValue,
            subject.ledger.map { "ledger " + $0.markdown },
        ]
        return [
            "# What changed between two runs", "",
            "From the end of \(words(comparison.before)) to the end of \(words(comparison.after)).", "",
            facts.compactMap(\.self).joined(separator: ", ") + ".",
        ]
    }

    private func words(_ run: RunOnRecord) -> String {
        "\(run.id.markdown) (\(run.finishedAt.map { "over \($0)" } ?? "begun \(run.startedAt), cut off"))"
    }

    private var countLines: [String] {
        guard !comparison.counts.isEmpty else { return ["No row changed."] }
        var table = MarkdownTable(("Change", .left), ("From", .left), ("To", .left), ("Rows", .right))
        for count in comparison.counts {
            table.add([
                count.kind.rawValue, count.before?.rawValue ?? "", count.after.rawValue, count.rows.grouped,
            ])
        }
        return ["## Counts", ""] + table.lines
    }

    /// Lines that could not be read are no rows of the ledger, so only their numbers can be compared.
    private var invalidLines: [String] {
        let runs = [comparison.before, comparison.after]
        guard runs.allSatisfy({ !$0.states.isEmpty }) else { return [] }
        let counts = runs.map { $0.states[.invalid, default: 0].grouped }
        return ["Invalid lines of input: \(counts[0]) in the earlier run, \(counts[1]) in the later one."]
    }

    private var rowLines: [String] {
        var table = MarkdownTable(
            ("Owner", .left),
            ("Account", .left),
            ("Reference", .left),
            ("Change", .left),
            ("From", .left),
            ("To", .left)
        )
        for change in shown {
            table.add([
                (change.row.owner?.id ?? "").markdown, (change.row.accountID ?? "").markdown,
                (change.row.reference ?? "").markdown, change.kind.rawValue, words(change.before),
                words(change.after),
            ])
        }
        return ["## Rows", ""] + table.lines
    }

    private func words(_ standing: RowChange.Standing?) -> String {
        guard let standing else { return "" }
        return standing.state.rawValue + (standing.errorCode.map { " " + $0.markdown } ?? "")
    }

    private var fullListLines: [String] {
        let count = total > shown.count ? "The first \(shown.count) of \(total.grouped) rows. " : ""
        return [count + "The full list: `\(subject.fullListCommand)`."]
    }
}
