/// When a call that failed is tried again.
package struct RetryPolicy: Sendable, Equatable {
    /// Tries of one row in one run, the first included.
    package let tries: Int
    /// The first wait's upper bound after a refusal that may pass.
    package let base: Duration
    /// The first wait's upper bound after a connection that was not made.
    package let connectBase: Duration
    /// No wait is longer.
    package let cap: Duration

    package init(
        tries: Int = 4,
        base: Duration = .seconds(1),
        connectBase: Duration = .milliseconds(100),
        cap: Duration = .seconds(20)
    ) {
        self.tries = tries
        self.base = base
        self.connectBase = connectBase
        self.cap = cap
    }

    /// The wait before the try after `failed` failures: full jitter, doubling.
    package func delay(after failed: Int, connecting: Bool, jitter: Double) -> Duration {
        let bound = (connecting ? connectBase : base) * (1 << max(0, min(failed - 1, 20)))
        return min(bound, cap) * jitter
    }
}
