import Domain

/// When a run will be done, and what it waits for most.
struct ProgressEstimate: Sendable, Equatable {
    /// The time that is left; nothing where it cannot be told.
    let left: Duration?
    /// Why it takes so long.
    let reason: String

    /// The share of a rate that is used.
    private static let share = 0.98

    /// Estimates from what is left and the rates in force.
    ///
    /// - Parameters:
    ///   - now: How far the run is.
    ///   - before: How far it was some time ago, a minute at most: what rows have taken lately tells what the next ones
    ///     take.
    init(_ now: RunProgress, since before: RunProgress) {
        let pace = Pace(now, since: before)
        let slowest = API.allCases.max { pace.seconds(at: $0, now) ?? 0 < pace.seconds(at: $1, now) ?? 0 } ?? .bond
        reason = Self.reason(now, pace, slowest)
        guard let seconds = pace.seconds(now), !now.gates.values.contains(where: { $0.limit == .paused }) else {
            left = nil
            return
        }
        left = .seconds(seconds) + now.gates.values.map(\.wait).reduce(.zero, max)
    }

    private static func reason(_ now: RunProgress, _ pace: Pace, _ slowest: API) -> String {
        if now.gates.values.contains(where: { $0.limit == .paused }) { return "paused" }
        for api in API.allCases {
            switch now.gates[api]?.limit {
            case .outage(let rest) where rest > .zero: return "\(api.name) is away, tried again in \(rest.inWords)"
            case .outage: return "\(api.name) is away, trying it"
            case .hold(let rest): return "\(api.name) is left alone for \(rest.inWords)"
            default: continue
            }
        }
        guard let gate = now.gates[slowest] else { return pace.rowsPerSecond.oneDecimal + " rows/s" }
        switch gate.limit {
        case .rate where gate.callsPerSecond.isFinite:
            return "limited by \(slowest.name) \(gate.allowed(share).oneDecimal)/s"
        case .concurrency: return "limited by --concurrency \(gate.concurrency) at \(slowest.name)"
        default: return pace.rowsPerSecond.oneDecimal + " rows/s"
        }
    }

    /// What rows have taken lately.
    private struct Pace {
        let rowsPerSecond: Double
        /// The share of rows that are to be tried and not skipped.
        let attempted: Double

        init(_ now: RunProgress, since before: RunProgress) {
            let rows = Double(now.done - before.done)
            let seconds = (now.elapsed - before.elapsed) / .seconds(1)
            rowsPerSecond = seconds > 0 ? rows / seconds : 0
            // Where nothing has been taken in lately, or what has suffices for the limit, those that wait are to be tried.
            let taken = now.taken - before.taken
            attempted =
                taken > 0 && now.limit ?? .max > now.toTry ? Double(now.toTry - before.toTry) / Double(taken) : 1
        }

        /// The time that the rest takes at one API's rate; nothing where it has none.
        func seconds(at api: API, _ now: RunProgress) -> Double? {
            guard let remaining = now.remaining, let gate = now.gates[api], gate.callsPerSecond.isFinite else {
                return nil
            }
            let calls = now.calls[api] ?? RunSummary.Calls()
            // One call for each row, and what had to be sent again.
            let again = Double(calls.rateLimited + calls.failed) / Double(max(1, now.rows.attempted))
            return Double(remaining) * attempted * (1 + again) / gate.allowed(share)
        }

        /// The time that the rest takes at both rates, or as fast as rows have gone lately where that is slower.
        func seconds(_ now: RunProgress) -> Double? {
            guard let remaining = now.remaining else { return nil }
            let byRate = API.allCases.compactMap { seconds(at: $0, now) }.max()
            let isHeldBack = now.gates.values.contains { $0.limit == .rate || $0.limit == .nothing }
            guard rowsPerSecond > 0, byRate == nil || !isHeldBack else { return byRate }
            return max(byRate ?? 0, Double(remaining) / rowsPerSecond)
        }
    }
}

extension RunProgress.Gate {
    /// How long nothing leaves.
    fileprivate var wait: Duration {
        switch limit {
        case .hold(let rest), .outage(let rest): rest
        case .nothing, .rate, .concurrency, .paused: .zero
        }
    }

    fileprivate func allowed(_ share: Double) -> Double { callsPerSecond * share }
}
