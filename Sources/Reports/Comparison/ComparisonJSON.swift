import Domain

/// One JSON document: the two runs and the counts, then the rows, a line for each.
struct ComparisonJSON: ChangeEncoder {
    private let comparison: RunComparison
    private let lines = JSONLines(columns: ComparisonColumns.all)
    private var isEmpty = true

    init(_ comparison: RunComparison) {
        self.comparison = comparison
    }

    func appendHeader(to buffer: inout [UInt8]) {
        buffer.append(contentsOf: #"{"version":1,"from":"#.utf8)
        run(comparison.before).append(to: &buffer)
        buffer.append(contentsOf: #","to":"#.utf8)
        run(comparison.after).append(to: &buffer)
        buffer.append(contentsOf: #","counts":"#.utf8)
        JSONValue.array(comparison.counts.map(count)).append(to: &buffer)
        buffer.append(contentsOf: #","rows":["#.utf8)
    }

    mutating func append(_ change: RowChange, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: (isEmpty ? "\n" : ",\n").utf8)
        isEmpty = false
        lines.appendObject(change, to: &buffer)
    }

    func appendFooter(to buffer: inout [UInt8]) {
        buffer.append(contentsOf: "\n]}\n".utf8)
    }

    private func run(_ run: RunOnRecord) -> JSONValue {
        [
            "run_id": .string(run.id),
            "started_at": JSONValue(run.startedAt),
            "finished_at": JSONValue(run.finishedAt),
            "outcome": JSONValue(run.outcome?.rawValue),
            "states": run.states.isEmpty ? .null : .counts(run.states),
        ]
    }

    private func count(_ count: RunComparison.Count) -> JSONValue {
        [
            "change": .string(count.kind.rawValue),
            "from_state": JSONValue(count.before?.rawValue),
            "to_state": .string(count.after.rawValue),
            "rows": .number(count.rows),
        ]
    }
}
