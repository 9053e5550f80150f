import Domain

/// Something about an input that its owner should look at before the run.
struct PlanWarning: Sendable, Equatable {
    /// Stays the same from version to version.
    let code: String
    let rows: Int
    let text: String

    /// All there is to warn of.
    static func all(of plan: Plan) -> [PlanWarning] {
        shapes(plan) + [environment(plan), crowd(plan), renumbered(plan)].compactMap(\.self)
    }

    private static func shapes(_ plan: Plan) -> [PlanWarning] {
        RowWarning.allCases.compactMap { warning in
            plan.input.warnings[warning].map { rows in
                PlanWarning(code: warning.rawValue, rows: rows, text: "\(rows.counted("row")): \(warning.sentence).")
            }
        }
    }

    private static func environment(_ plan: Plan) -> PlanWarning? {
        plan.input.reasons[.wrongEnvironment].map { rows in
            PlanWarning(
                code: "wrong_environment",
                rows: rows,
                text: "\(rows.counted("row")) with tokens of another environment than \(plan.environment.rawValue): "
                    + "they are invalid and never sent."
            )
        }
    }

    private static func crowd(_ plan: Plan) -> PlanWarning? {
        plan.crowds.top(atLeast: Plan.crowd).map { owner, rows in
            PlanWarning(
                code: "many_rows_of_one_owner",
                rows: rows,
                text: "\(rows.counted("row")) or more of \(owner.kind.rawValue) \(owner.id.printable): they are posted "
                    + "one after the other, and may end after all others."
            )
        }
    }

    private static func renumbered(_ plan: Plan) -> PlanWarning? {
        guard plan.mayBeRenumbered > 0 else { return nil }
        let rows = plan.mayBeRenumbered
        return PlanWarning(
            code: "may_be_renumbered",
            rows: rows,
            text: "\(rows.counted("new row")) without a reference beside a linked account of the same owner and token: "
                + "if Plaid gave an account a new id, it would be linked twice. References tell them apart."
        )
    }
}
