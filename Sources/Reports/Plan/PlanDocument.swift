import Domain

/// A plan for scripts, and for `run --plan`.
package struct PlanDocument: Sendable {
    /// A file of the input, as it was when the plan was made.
    package struct Input: Sendable, Equatable {
        /// As it was given.
        package let name: String
        /// Of its content, in hexadecimal digits.
        package let sha256: String

        package init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    private let plan: Plan
    private let inputs: [Input]
    private let epoch: Int?

    /// Makes the document of a plan.
    ///
    /// - Parameters:
    ///   - plan: What a run would do.
    ///   - inputs: The files; none where the plan is not to be kept.
    ///   - epoch: The ledger's; nothing where there is no ledger.
    package init(_ plan: Plan, inputs: [Input], epoch: Int?) {
        (self.plan, self.inputs, self.epoch) = (plan, inputs, epoch)
    }

    /// The document on one line, without a line break at its end.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "made_at": JSONValue(plan.madeAt),
            "environment": .string(plan.environment.rawValue),
            "ledger": .string(plan.ledger),
            "ledger_epoch": JSONValue(epoch),
            "inputs": .array(inputs.map { ["name": .string($0.name), "sha256": .string($0.sha256)] }),
            "rows": rows,
            "work": .counts(plan.work),
            "left_for_later": .number(plan.left),
            "states": .object(
                [("new", .number(plan.unknown))]
                    + RowState.allCases.map { ($0.rawValue, .number(plan.states[$0, default: 0])) }
            ),
            "calls": .object(API.allCases.map { ($0.rawValue, .number(plan.calls[$0] ?? 0)) }),
            "forecast": forecast(plan.given),
            "forecast_at_learned_rates": plan.learned.map(forecast) ?? .null,
            "in_doubt": .number(plan.inDoubt),
            "orphan_tokens": .number(plan.orphanTokens),
            "warnings": .array(PlanWarning.all(of: plan).map(warning)),
            "next": JSONValue(plan.next),
        ]
        return document.text
    }

    private var rows: JSONValue {
        [
            "read": .number(plan.input.read), "valid": .number(plan.input.valid),
            "invalid": .number(plan.input.invalid), "duplicate": .number(plan.input.duplicate),
        ]
    }

    private func forecast(_ forecast: Plan.Forecast) -> JSONValue {
        [
            "calls_per_minute": .object(
                API.allCases.map { api in (api.rawValue, forecast.rates[api].map { .decimal($0 * 60) } ?? .null) }
            ),
            "seconds": forecast.duration.map { .decimal($0 / .seconds(1)) } ?? .null,
            "finish_at": JSONValue(forecast.duration.map { plan.madeAt + $0 }),
            "bottleneck": JSONValue(forecast.bottleneck?.rawValue),
        ]
    }

    private func warning(_ warning: PlanWarning) -> JSONValue {
        ["code": .string(warning.code), "rows": .number(warning.rows), "text": .string(warning.text)]
    }
}
