/// The time that pacing goes by: how long the clock has run, and how to wait.
///
/// Tests give it a manual clock.
package struct PacingClock: Sendable {
    /// Time since the clock was taken into use; never goes back.
    package let uptime: @Sendable () -> Duration
    /// Waits; throws `CancellationError` at once when its task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void

    package init(uptime: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void)
    {
        self.uptime = uptime
        self.sleep = sleep
    }

    /// Goes by any clock that counts in `Duration`.
    package init<C: Clock>(_ clock: C) where C.Duration == Duration {
        let start = clock.now
        uptime = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: .zero) }
    }
}
