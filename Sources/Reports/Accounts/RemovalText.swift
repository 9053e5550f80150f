package import Domain

/// What a removal of links came to, for a person.
package struct RemovalText: Sendable {
    private let summary: RemovalSummary

    /// Makes the text of a removal.
    package init(_ summary: RemovalSummary) {
        self.summary = summary
    }

    /// What became of one link, on one line.
    package static func line(_ result: RemovalResult) -> String {
        let owner = result.order.owner
        let facts = [
            result.account?.inWords, result.row.map { "account \($0.accountID)" },
            result.row?.reference.map { "reference \($0)" }, result.failure.map { $0.message ?? $0.code },
        ]
        let known = facts.compactMap(\.self).joined(separator: "; ")
        let start = "\(result.outcome.rawValue) \(owner.id) \(result.order.linkedAccountID)"
        return (known.isEmpty ? start : "\(start) (\(known))").printable
    }

    /// The last lines, without a line break at the end.
    package var text: String {
        var table = TextTable(.left, .left)
        table.add(["links", summary.outcomes.inWords])
        if summary.invalid > 0 { table.add(["invalid", summary.invalid.counted("line")]) }
        if summary.unapproved > 0 { table.add(["unapproved", summary.unapproved.counted("line")]) }
        table.add(["bond", summary.calls.inWords])
        table.add(["took", summary.finishedAt.since(summary.startedAt).inWords])
        table.add(["ledger", summary.ledger])
        if let stop = summary.stop { table.add(["why", stop.inWords]) }
        if let next = summary.next { table.add(["next", next]) }
        return ([title] + table.lines).joined(separator: "\n")
    }

    private var title: String {
        "\(summary.command) \(summary.runID.printable): \(ending) (exit \(summary.verdict.exitCode))"
    }

    private var ending: String {
        switch summary.verdict.outcome {
        case .done: "done, the links are gone"
        case .rowsFailed: "finished, but some links were not removed"
        case .needsAttention: "finished, but what became of some links is not known, or a row in doubt holds them up"
        case .unavailable: "stopped, Bond is away"
        case let outcome: outcome.inWords
        }
    }
}

extension BondAccount {
    /// What Bond's list says of the account, for a person: bank, last digits, kind and status.
    var inWords: String {
        let name = [bankName, mask.map { "*" + $0 }, accountType].compactMap(\.self).joined(separator: " ")
        let status = [status ?? "no status", verificationStatus].compactMap(\.self).joined(separator: ", ")
        return name.isEmpty ? status : "\(name), \(status)"
    }
}
