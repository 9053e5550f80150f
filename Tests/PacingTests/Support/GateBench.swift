import Pacing
import TestSupport

/// A gate on a manual clock, with callers that come in a known order and a record of what became of them.
struct GateBench: Sendable {
    /// What became of a caller.
    enum Event: Sendable, Equatable {
        case entered(Int, at: Duration)
        case turnedAway(Int)
        case failedOddly(Int)

        var caller: Int {
            switch self {
            case .entered(let caller, _), .turnedAway(let caller), .failedOddly(let caller): caller
            }
        }
    }

    let manual = ManualClock()
    let clock: PacingClock
    let gate: CallGate
    let log = EventLog<Event>()

    init(rate: Rate = .unlimited, concurrency: Int = 32, jitter: Double = 0) {
        clock = PacingClock(manual)
        gate = CallGate(rate: rate, concurrency: concurrency, clock: clock) { jitter }
    }

    /// Sends callers to the gate, each when the one before has entered or stands in line.
    func send(_ callers: ClosedRange<Int>, retry: Bool = false, in group: inout DiscardingTaskGroup) async {
        for caller in callers {
            group.addImmediateTask { await call(caller, retry: retry) }
            gate.settle()
        }
    }

    /// The callers that have entered, when everybody who can move has moved.
    func entered() async -> [Int] {
        for _ in 0..<20 {
            gate.settle()
            await Task.yield()
        }
        return log.events.compactMap { if case .entered(let caller, _) = $0 { caller } else { nil } }
    }

    /// Waits until so many have entered, and gives them in order.
    func waitForEntered(_ count: Int) async -> [Int] {
        await log.wait(for: count)
        return await entered()
    }

    private func call(_ caller: Int, retry: Bool) async {
        do {
            try await gate.enter(retry: retry)
            log.append(.entered(caller, at: clock.uptime()))
        } catch {
            log.append(error is CallGate.Closed ? .turnedAway(caller) : .failedOddly(caller))
        }
    }
}

extension CallGate {
    /// Comes back when everybody who came to the actor before has entered or waits.
    func settle() {}

    /// Heeds the answer to a call and gives its place back.
    @discardableResult
    func leave(_ feedback: Feedback) -> Health {
        defer { free() }
        return heed(feedback)
    }
}
