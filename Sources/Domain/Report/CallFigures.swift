/// What a run's calls came to: over time, by result, and how long they took.
package struct CallFigures: Sendable, Equatable {
    /// The calls of one slot of time.
    package struct Slot: Sendable, Equatable {
        /// Calls that left.
        package var sent = 0
        /// Those of them that were refused for their rate.
        package var rateLimited = 0

        /// Makes a slot without calls.
        package init() {}
    }

    /// Whose calls they are.
    package let run: RunOnRecord
    /// The run's time.
    package let time: TimeSlots
    /// Each API's calls over that time, one for each slot.
    package var slots: [API: [Slot]]
    /// Calls by what they asked and what came of them.
    package var results: [Attempt.Call: [Attempt.Result: Int]] = [:]
    /// How long the answered calls took.
    package var latencies: [Attempt.Call: LatencyTally] = [:]

    /// Makes the figures of a run that has made no call yet.
    package init(run: RunOnRecord, time: TimeSlots) {
        self.run = run
        self.time = time
        let empty = Array(repeating: Slot(), count: time.count)
        slots = Dictionary(uniqueKeysWithValues: API.allCases.map { ($0, empty) })
    }

    /// Takes in calls that share these properties; a slot outside of the run's time means the nearest one.
    package mutating func note(
        _ call: Attempt.Call,
        _ result: Attempt.Result,
        slot: Int,
        latency: Duration?,
        count: Int
    ) {
        guard let api = call.api else { return }
        results[call, default: [:]][result, default: 0] += count
        if let latency { latencies[call, default: LatencyTally()].note(latency, count: count) }
        // What was never sent took nothing of the limit; what a dead run left was sent in that run.
        guard result != .neverSent, result != .crashed else { return }
        let place = min(max(0, slot), time.count - 1)
        slots[api]?[place].sent += count
        if result == .rateLimited { slots[api]?[place].rateLimited += count }
    }
}

extension Attempt.Call {
    /// Whose API it is; nothing where nothing was called.
    package var api: API? {
        switch self {
        case .exchange, .mint: .plaid
        case .post, .list, .remove: .bond
        case .resolve, .adopt: nil
        }
    }
}
