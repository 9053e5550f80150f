import Domain

/// A plan for a person.
package struct PlanText: Sendable {
    private let plan: Plan

    package init(_ plan: Plan) {
        self.plan = plan
    }

    /// The lines, without a line break at the end.
    package var text: String {
        Paragraphs.joined([[title], table.lines, warnings])
    }

    private var title: String {
        plan.hasWork ? "plan: \(plan.tried.counted("row")) to try" : "plan: nothing to do"
    }

    private var table: TextTable {
        var table = TextTable(.left, .left)
        table.add(["rows", rows])
        table.add(["would", works])
        table.add(["now", states])
        for api in API.allCases { table.add([api.rawValue, (plan.calls[api] ?? 0).counted("call")]) }
        table.add(["takes", words(plan.given)])
        if let learned = plan.learned { table.add(["learned", words(learned)]) }
        if plan.inDoubt > 0 {
            table.add(["in doubt", plan.inDoubt.counted("row") + " in the whole ledger, settled first by listing"])
        }
        if plan.orphanTokens > 0 {
            table.add(["orphans", plan.orphanTokens.counted("processor token") + " made and not used"])
        }
        table.add(["ledger", plan.ledger + (plan.hasLedger ? "" : " (there is none yet)")])
        if let next = plan.next { table.add(["next", next]) }
        return table
    }

    private var rows: String {
        let counts = [
            (count: plan.input.valid, of: "valid"), (count: plan.input.invalid, of: "invalid"),
            (count: plan.input.duplicate, of: "duplicate"),
        ]
        return "\(plan.input.read.grouped) read: \(counts.inWords)"
    }

    private var works: String {
        let counts = Foresight.Work.allCases.map { (count: plan.work[$0, default: 0], of: $0.inWords) }
        return (counts + [(count: plan.left, of: "left for later")]).inWords
    }

    private var states: String {
        ([(count: plan.unknown, of: "new")] + RowState.allCases.map { (plan.states[$0, default: 0], $0.rawValue) })
            .inWords
    }

    private func words(_ forecast: Plan.Forecast) -> String {
        let rates = API.allCases.compactMap { api in
            forecast.rates[api].map { "\(api.name) \(($0 * 60).oneDecimal)/min" }
        }
        let why = rates.isEmpty ? "no rate is set" : "at " + rates.joined(separator: " and ")
        guard let duration = forecast.duration else { return "as long as the answers take; " + why }
        let end = (plan.madeAt + duration).description
        // Answers take their time, and what fails is sent again: neither is foreseen.
        return "at least \(duration.inWords), done at \(end) at the earliest if begun now; \(why)"
            + (forecast.bottleneck.map { ", \($0.name) decides" } ?? "")
    }

    private var warnings: [String] {
        PlanWarning.all(of: plan).map { "warning: " + $0.text }
    }
}

extension Foresight.Work {
    /// What is done with rows of this kind.
    fileprivate var inWords: String {
        switch self {
        case .mintAndPost: "mint and post"
        case .post: "post, with the token that is there"
        case .ask: "ask Plaid again, whose user had to act"
        case .reconcile: "settle by listing"
        case .skip: "skip"
        }
    }
}
