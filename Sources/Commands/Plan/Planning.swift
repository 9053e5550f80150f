import Domain
import Intake
import Ledger
import Pacing
import Pipeline
import Reports

/// Goes through the input as a run would, and counts what the run would do.
struct Planning {
    let planner: LedgerPlanner
    let settings: RunSettings
    private(set) var plan: Plan
    private var repeats = RepeatIndex()

    init(planner: LedgerPlanner, settings: RunSettings, plan: Plan) {
        (self.planner, self.settings, self.plan) = (planner, settings, plan)
    }

    /// Reads the whole input.
    mutating func read(_ files: InputFiles) async throws {
        var files = files
        while let batch = try await files.next() {
            var rows: [InputRow] = []
            for row in batch.rows {
                switch repeats.note(row) {
                case .first: rows.append(row)
                case .duplicate: plan.input.noteDuplicate()
                case .conflict(let first): plan.input.note(.conflictingToken(row, first: first))
                }
            }
            for problem in batch.invalid { plan.input.note(problem) }
            for (row, foresight) in zip(rows, try planner.foresee(rows)) {
                plan.note(row, foresight, isLeft: isLeft(row, foresight))
            }
        }
    }

    /// Whether the row is one that `--sample` or `--limit` leaves for later.
    private func isLeft(_ row: InputRow, _ foresight: Foresight) -> Bool {
        if foresight.work != .reconcile, let sample = settings.sample, row.identity.lot >= sample { return true }
        guard let limit = settings.limit else { return false }
        return Foresight.Work.allCases.filter { $0 != .skip }.reduce(0) { $0 + plan.work[$1, default: 0] } >= limit
    }

    /// Forecasts the time by the rates that were given and by those that earlier runs learned.
    mutating func forecast(_ schedules: [Domain.API: RateSchedule], learned: [Domain.API: Double], at second: Int) {
        plan.given = forecast(schedules, under: [:], second)
        let lower = learned.filter { api, knee in
            knee < schedules[api]?.rate(at: second).callsPerSecond ?? .infinity
        }
        plan.learned = lower.isEmpty ? nil : forecast(schedules, under: lower, second)
    }

    private func forecast(
        _ schedules: [Domain.API: RateSchedule],
        under ceilings: [Domain.API: Double],
        _ second: Int
    ) -> Plan.Forecast {
        var forecast = Plan.Forecast()
        var slowest = Duration.zero
        for api in Domain.API.allCases {
            guard let schedule = schedules[api] else { continue }
            let ceiling = ceilings[api] ?? .infinity
            let rate = min(schedule.rate(at: second).callsPerSecond, ceiling)
            if rate.isFinite { forecast.rates[api] = rate }
            guard let duration = schedule.duration(of: plan.calls[api] ?? 0, from: second, under: ceiling) else {
                continue
            }
            if duration > slowest { (slowest, forecast.bottleneck) = (duration, api) }
        }
        // What is in doubt is told only when Bond has had the time to show it.
        let settle = plan.ownersInDoubt > 0 ? settings.settle : .zero
        forecast.duration = forecast.rates.isEmpty ? nil : slowest + settle
        return forecast
    }
}
