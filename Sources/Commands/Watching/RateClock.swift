import Domain
import Pacing

/// Changes the rates of a run when their schedules say so.
struct RateClock: Sendable {
    private static let longestSleep = Duration.seconds(60)

    let schedules: [Domain.API: RateSchedule]
    let gates: [Domain.API: CallGate]

    /// Runs `body` with its rates changed in time.
    func keeping<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (api, schedule) in schedules where !schedule.isConstant {
                guard let gate = gates[api] else { continue }
                group.addTask { try await keep(schedule, gate, api) }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func keep(_ schedule: RateSchedule, _ gate: CallGate, _ api: Domain.API) async throws {
        var rate = schedule.rate(at: Surroundings.secondOfDay())
        while true {
            // In small steps, for the clock may be set, and summer time may begin.
            try await Task.sleep(for: min(schedule.timeToChange(at: Surroundings.secondOfDay()), Self.longestSleep))
            let next = schedule.rate(at: Surroundings.secondOfDay())
            guard next != rate else { continue }
            rate = next
            gate.change(ceiling: rate)
            Console.tell(
                "relink: it is time for \(rate) at \(api.name).",
                event: .rateChanged,
                [("api", api.rawValue), ("rate", rate.description)]
            )
        }
    }
}
