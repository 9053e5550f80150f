package import Domain

/// What checking Items came to, for a person.
package struct ItemCheckText: Sendable {
    private let summary: ItemCheckSummary

    /// Makes the text of a summary.
    package init(_ summary: ItemCheckSummary) {
        self.summary = summary
    }

    /// The last lines, without a line break at the end.
    package var text: String {
        var table = TextTable(.left, .left)
        let rows = ItemCheckSummary.Outcome.allCases.map { (count: summary.outcomes[$0, default: 0], of: $0.inWords) }
        table.add(["rows", rows.inWords])
        if summary.proposals > 0 {
            table.add(["accounts", summary.proposals.counted("account") + " that seem to have a new id, in the ledger"])
        }
        table.add(["plaid", summary.calls.inWords])
        table.add(["took", summary.finishedAt.since(summary.startedAt).inWords])
        table.add(["ledger", summary.ledger])
        if let stop = summary.stop { table.add(["why", stop.inWords]) }
        if let next = summary.next { table.add(["next", next]) }
        return ([title] + table.lines).joined(separator: "\n")
    }

    private var title: String {
        let ending =
            switch summary.verdict.outcome {
            case .done: "done, all connections that were asked about work"
            case .needsAttention: "finished, some connections need their user"
            case .rowsFailed: "finished, but some rows could not be asked about"
            case let outcome: outcome.inWords
            }
        return "items check \(summary.runID.printable): \(ending) (exit \(summary.verdict.exitCode))"
    }
}

extension ItemCheckSummary.Outcome {
    fileprivate var inWords: String {
        switch self {
        case .healthy: "work"
        case .repaired: "work again"
        case .unhealthy: "need their user"
        case .troubled: "have a bank in trouble"
        case .failed: "without an answer"
        case .checkedBefore: "checked before"
        case .sameItem: "of the same connection"
        case .leftOut: "left out"
        case .invalid: "invalid"
        case .unreached: "not reached"
        }
    }
}
