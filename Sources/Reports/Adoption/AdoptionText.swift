package import Domain

/// What an adoption of links came to, for a person.
package struct AdoptionText: Sendable {
    private let summary: AdoptionSummary

    /// Makes the text of an adoption.
    package init(_ summary: AdoptionSummary) {
        self.summary = summary
    }

    /// Why one line was not adopted, as a compiler would put it.
    package static func line(_ result: AdoptionResult) -> String {
        let (claim, owner) = (result.adoption, result.adoption.identity.owner)
        let facts = [
            result.failure.map { $0.message ?? $0.code }, result.account?.inWords,
            claim.reference.map { "reference \($0)" },
        ]
        let known = facts.compactMap(\.self).joined(separator: "; ")
        let what = "\(result.outcome.rawValue) \(owner.id) \(claim.identity.accountID) \(claim.linkedAccountID)"
        let why = known.isEmpty ? what : "\(what) (\(known))"
        return "\(claim.position.file):\(claim.position.line): \(why)".printable
    }

    /// How far it is, on one line.
    package var progress: String { "\(summary.links.counted("line")) so far: \(summary.outcomes.inWords)" }

    /// The last lines, without a line break at the end.
    package var text: String {
        var table = TextTable(.left, .left)
        table.add(["links", summary.outcomes.inWords])
        if summary.unusable > 0 {
            table.add(["unusable", "\(summary.unusable.grouped) of the adopted, by their status"])
        }
        if summary.invalid > 0 { table.add(["invalid", summary.invalid.counted("line")]) }
        if summary.excluded > 0 { table.add(["left out", summary.excluded.counted("line")]) }
        table.add(["bond", summary.calls.inWords])
        table.add(["took", summary.finishedAt.since(summary.startedAt).inWords])
        table.add(["ledger", summary.ledger])
        if let stop = summary.stop { table.add(["why", stop.inWords]) }
        if let next = summary.next { table.add(["next", next]) }
        return ([title] + table.lines).joined(separator: "\n")
    }

    private var title: String {
        "adopt \(summary.runID.printable): \(ending) (exit \(summary.verdict.exitCode))"
    }

    private var ending: String {
        switch summary.verdict.outcome {
        case .done: "done, the ledger has the links"
        case .rowsFailed: "finished, but some links were not adopted"
        case .unavailable: "stopped, Bond is away"
        case let outcome: outcome.inWords
        }
    }
}
