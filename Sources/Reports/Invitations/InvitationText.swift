package import Domain

/// What inviting customers came to, for a person.
package struct InvitationText: Sendable {
    private let summary: InvitationSummary

    /// Makes the text of a summary.
    package init(_ summary: InvitationSummary) {
        self.summary = summary
    }

    /// The last lines, without a line break at the end.
    package var text: String {
        var table = TextTable(.left, .left)
        let rows = InvitationSummary.Outcome.allCases.map { (count: summary.outcomes[$0, default: 0], of: $0.inWords) }
        table.add(["rows", rows.inWords])
        table.add(["plaid", summary.calls.inWords])
        table.add(["took", summary.finishedAt.since(summary.startedAt).inWords])
        table.add(["ledger", summary.ledger])
        if let output = summary.output { table.add(["wrote", output]) }
        if let stop = summary.stop { table.add(["why", stop.inWords]) }
        if let next = summary.next { table.add(["next", next]) }
        return ([title] + table.lines).joined(separator: "\n")
    }

    private var title: String {
        let ending =
            switch summary.verdict.outcome {
            case .done: "done, everybody asked for has an invitation"
            case .rowsFailed: "finished, but some rows have no invitation"
            case let outcome: outcome.inWords
            }
        return "link create \(summary.runID.printable): \(ending) (exit \(summary.verdict.exitCode))"
    }
}

extension InvitationSummary.Outcome {
    fileprivate var inWords: String {
        switch self {
        case .made: "made"
        case .stillGood: "still good"
        case .failed: "failed"
        case .leftOut: "left out"
        case .duplicate: "duplicate"
        case .invalid: "invalid"
        case .unreached: "not reached"
        }
    }
}
