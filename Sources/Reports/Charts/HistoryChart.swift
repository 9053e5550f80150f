import Domain

/// The rows that were not linked at the end of each run, by state, the oldest run on the left.
struct HistoryChart: Sendable {
    /// The runs, the oldest first.
    let runs: [RunOnRecord]

    /// The picture.
    var markup: Markup {
        let axis = Axis(upTo: Double(max(1, runs.compactMap(\.openRows).max() ?? 0)))
        let columns = runs.indices.flatMap { stack(of: $0, axis) }
        return Plot.picture(summary, Plot.frame(axis) + columns + ends)
    }

    /// The picture in words.
    var summary: String {
        let known = runs.filter { $0.openRows != nil }
        guard let first = known.first, let last = known.last, let from = first.openRows, let to = last.openRows else {
            return "No run has ended since the ledger keeps a history."
        }
        return "Rows not linked after \(known.count.counted("run")), from \(first.startedAt.day) to "
            + "\(last.startedAt.day): first \(from.grouped), last \(to.grouped)."
    }

    /// The states that are drawn.
    var states: [RowState] {
        RowState.reading.filter { state in state != .linked && runs.contains { $0.states[state, default: 0] > 0 } }
    }

    private func stack(of index: Int, _ axis: Axis) -> [Markup] {
        let step = Plot.innerWidth / Double(max(1, runs.count))
        let width = max(1, min(24, step - 2))
        let x = Plot.left + Double(index) * step + (step - width) / 2
        var raised = 0.0
        return states.compactMap { state in
            let rows = runs[index].states[state, default: 0]
            guard rows > 0 else { return nil }
            let height = max(0.5, axis.height(of: Double(rows), in: Plot.innerHeight))
            defer { raised += height }
            return Plot.column("fill s-\(state.rawValue)", x: x, width: width, height: height, raised: raised)
        }
    }

    private var ends: [Markup] {
        guard let first = runs.first, let last = runs.last else { return [] }
        return Plot.ends(first.startedAt.day, runs.count > 1 ? last.startedAt.day : "")
    }
}
