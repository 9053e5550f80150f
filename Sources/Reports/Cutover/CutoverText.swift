package import Domain

/// What a plan of a cut-over came to, for a person.
package struct CutoverText: Sendable {
    private let summary: CutoverSummary

    /// Makes the text of a summary.
    package init(_ summary: CutoverSummary) {
        self.summary = summary
    }

    /// Why a customer's old links are not in the plan; nothing where they are, or there are none.
    package static func line(_ owner: Owner, _ outcome: CutoverOutcome) -> String? {
        let why: String? =
            switch outcome {
            case .nothing, .rows: nil
            case .notReady(let why): why
            case .noList(let failure): failure.message ?? failure.code
            case .unreached: "not asked about"
            }
        return why.map { "\(owner.kind.rawValue) \(owner.id): \($0)".printable }
    }

    /// How far it is, on one line.
    package var progress: String {
        "\(summary.customers.values.reduce(0, +).counted("customer")) so far: \(summary.customers.inWords)"
    }

    /// The last lines, without a line break at the end.
    package var text: String {
        var table = TextTable(.left, .left)
        table.add(["customers", summary.customers.inWords])
        table.add(["old links", summary.links.inWords])
        table.add(["bond", summary.calls.inWords])
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
            case .done: "done, the rest is a person's to approve"
            case .rowsFailed: "done, but some customers are not ready and not in the plan"
            case .unavailable: "stopped, Bond is away; there is no plan"
            case let outcome: outcome.inWords
            }
        return "cutover plan \(summary.runID.printable): \(ending) (exit \(summary.verdict.exitCode))"
    }
}
