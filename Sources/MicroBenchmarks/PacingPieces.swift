import Pacing

/// Who may send when.
enum PacingPieces {
    private static let count = 200_000

    static func time() throws {
        Stopwatch.time("GCRA, one decision", count: count) {
            var pacer = GCRA(callsPerSecond: 1e6, slack: .milliseconds(100))
            var now = Duration.zero
            for _ in 0..<count {
                now += pacer.delay(at: now)
                pacer.pay(at: now)
            }
            precondition(now > .zero)
        }
        Stopwatch.time("adaptive rate, one served call", count: count) {
            var rate = AdaptiveRate(ceiling: .unlimited, knee: nil)
            for turn in 0..<count { rate.noteServed(at: .microseconds(turn)) }
            precondition(rate.callsPerSecond > 0)
        }
    }
}
