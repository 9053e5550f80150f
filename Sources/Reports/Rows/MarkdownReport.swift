import Domain

/// A report for a ticket: counts with what to do, the most frequent errors, the first rows that need somebody.
///
/// Everything is written at the end; until then only counts and the rows to be shown are kept.
struct MarkdownReport: RowEncoder {
    /// How many different errors are shown.
    static let errorLimit = 20
    /// How many rows are shown.
    static let rowLimit = 50

    private let subject: ReportSubject
    private var states: [RowState: Int] = [:]
    private var errors = ErrorTally()
    private var shownRows: [ReportRow] = []

    init(subject: ReportSubject) {
        self.subject = subject
    }

    func appendHeader(to buffer: inout [UInt8]) {}

    mutating func append(_ row: ReportRow, to buffer: inout [UInt8]) {
        states[row.state, default: 0] += 1
        if let failure = row.failure { errors.note(failure, action: row.action) }
        if row.state.needsSomebody, shownRows.count < Self.rowLimit { shownRows.append(row) }
    }

    func appendFooter(to buffer: inout [UInt8]) {
        buffer.append(contentsOf: Paragraphs.joined([titleLines, stateLines, errorLines, rowLines]).utf8)
        buffer.append(UInt8(ascii: "\n"))
    }

    private var titleLines: [String] {
        let facts = [
            states.values.reduce(0, +).counted("row"), subject.environment?.rawValue, subject.madeAt?.description,
            subject.ledger.map { "ledger " + $0.markdown },
        ]
        return ["# relink report", "", facts.compactMap(\.self).joined(separator: ", ") + "."]
    }

    private var stateLines: [String] {
        var table = MarkdownTable(("State", .left), ("Rows", .right), ("What to do", .left))
        for state in RowState.allCases {
            guard let count = states[state] else { continue }
            table.add([state.rawValue, count.grouped, state.advice])
        }
        return states.isEmpty ? [] : ["## States", ""] + table.lines
    }

    private var errorLines: [String] {
        let top = errors.top(Self.errorLimit)
        guard !top.isEmpty else { return [] }
        var table = MarkdownTable(("Rows", .right), ("Source", .left), ("Code", .left), ("What to do", .left))
        for error in top {
            table.add([error.count.grouped, error.failure.source.rawValue, error.failure.code.markdown, error.advice])
        }
        return ["## Most frequent errors", ""] + table.lines + hiddenErrorLines
    }

    private var hiddenErrorLines: [String] {
        guard errors.kinds > Self.errorLimit else { return [] }
        let more = errors.isFull ? "or more " : ""
        return ["", "\(errors.kinds.grouped) \(more)different errors in all."]
    }

    private var rowLines: [String] {
        let total = RowState.allCases.filter(\.needsSomebody).map { states[$0, default: 0] }.reduce(0, +)
        let fullList = "The full list: `\(subject.fullListCommand)`."
        guard total > 0 else { return ["No row needs anybody. " + fullList] }
        let shown = total > shownRows.count ? "The first \(shownRows.count) of \(total.grouped) rows. " : ""
        return ["## Rows that need somebody", ""] + rowTable.lines + ["", shown + fullList]
    }

    private var rowTable: MarkdownTable {
        var table = MarkdownTable(
            ("Owner", .left),
            ("Account", .left),
            ("Reference", .left),
            ("State", .left),
            ("Action", .left),
            ("Error", .left),
            ("Input", .left)
        )
        for row in shownRows {
            table.add([
                (row.owner?.id ?? "").markdown, (row.accountID ?? "").markdown, (row.reference ?? "").markdown,
                row.state.rawValue, row.action.rawValue, (row.failure?.inWords ?? "").markdown, place(of: row),
            ])
        }
        return table
    }

    private func place(of row: ReportRow) -> String {
        guard let file = row.inputFile else { return "" }
        return (file + (row.inputLine.map { ":\($0)" } ?? "")).markdown
    }
}
