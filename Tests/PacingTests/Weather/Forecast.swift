import Pacing
import TestSupport

/// One client and one server in simulated time: the parts of a gate that decide when a call leaves, and nothing else.
struct Forecast {
    /// A call as the server saw it.
    struct Call {
        let at: Double
        let isServed: Bool
    }

    let limiter: Limiter
    /// The client's ceiling, in calls a second.
    let ceiling: Double
    let givesRetryAfter: Bool
    /// The server's limit at a time, in calls a second.
    let limit: (Double) -> Double

    private struct Answer {
        let at: Double
        /// Nothing where the call was served.
        let refusal: Double?
    }

    /// Sends calls for so many seconds; about 100 ms pass between a call and its answer.
    func calls(for seconds: Double, _ random: inout SeededGenerator) -> [Call] {
        var server = limiter.makeServer()
        var rate = AdaptiveRate(ceiling: .perSecond(ceiling))
        var pacer = GCRA(callsPerSecond: ceiling, slack: .milliseconds(15))
        var hold = Hold()
        var calls: [Call] = []
        var answers: [Answer] = []
        var now = 0.0
        while now < seconds {
            let clock = Duration.seconds(now)
            let leave = now + max(pacer.delay(at: clock), hold.delay(at: clock)) / .seconds(1)
            if let next = answers.indices.min(by: { answers[$0].at < answers[$1].at }), answers[next].at <= leave {
                let answer = answers.remove(at: next)
                now = max(now, answer.at)
                heed(answer, at: .seconds(now), &rate, &hold, &random)
                pacer.callsPerSecond = rate.callsPerSecond
                continue
            }
            if rate.isBlocked, let next = answers.map(\.at).min() {
                // One call at a time until one is served.
                now = next
                continue
            }
            now = leave
            pacer.pay(at: .seconds(now))
            let refusal = server.ask(at: now + 0.05, limit: limit(now))
            calls.append(Call(at: now, isServed: refusal == nil))
            answers.append(Answer(at: now + 0.05 + 0.1 * random.unit(), refusal: refusal))
        }
        return calls
    }

    private func heed(
        _ answer: Answer,
        at now: Duration,
        _ rate: inout AdaptiveRate,
        _ hold: inout Hold,
        _ random: inout SeededGenerator
    ) {
        if let wait = answer.refusal {
            rate.noteRefused(at: now)
            if givesRetryAfter {
                hold.obey(retryAfter: .seconds(wait), at: now, jitter: random.unit())
            } else {
                hold.backOff(at: now, jitter: random.unit())
            }
        } else {
            rate.noteServed(at: now)
        }
        if !rate.isTroubled { hold.calmDown() }
    }
}
