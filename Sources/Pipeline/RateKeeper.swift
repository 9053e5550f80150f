import Domain
import Pacing

/// Writes down what the gates have learned of the APIs' limits, so that the next run begins there.
actor RateKeeper {
    private let tools: RunTools
    private var kept: [API: Double]?

    init(tools: RunTools) {
        self.tools = tools
    }

    /// Keeps the rates if they have changed since; called when calls are refused, and at the end of a run.
    func keep() async throws {
        guard tools.settings.keepsRates else { return }
        var rates: [API: Double] = [:]
        for api in API.allCases { rates[api] = tools.gate(api).learnedKnee }
        guard rates != kept else { return }
        kept = rates
        try await tools.ledger.noteLearned(rates, at: tools.now())
    }
}
