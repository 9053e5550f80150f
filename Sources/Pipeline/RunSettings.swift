package import Domain
package import Pacing

/// What a run goes by, once flags, environment and files have been read.
package struct RunSettings: Sendable {
    /// Calls in flight at one API at most.
    package var concurrency = 32
    /// Rows in work at a time: what waits for a lane, a retry or a gate is among them.
    package var window = 512
    /// Rows that are put off to the end of the run at most; each keeps its access token in memory.
    package var deferralLimit = 100_000
    package var settle = Duration.seconds(10)
    /// Takes an empty list of Bond's as proof.
    package var trustList = false
    package var callTimeout = Duration.seconds(30)
    /// How long this worker is believed to be at work without a sign of life, where others work on the same ledger.
    package var lease = Duration.seconds(15)
    package var recheck = Duration.seconds(20 * 3_600)
    package var retry: Set<RowState> = []
    /// Rows attempted at most.
    package var limit: Int?
    /// The share of the rows that is attempted, from 0 to 1; the same rows whenever the share is the same, and all of
    /// them again where it is larger.
    package var sample: Double?
    package var maxDuration: Duration?
    /// The share of bad outcomes among the last 200 at which the run halts.
    package var haltOn: Double?
    /// How old a kept processor token may be.
    package var processorTokenAge: Duration?
    package var sendsIdempotencyKey = false
    package var retries = RetryPolicy()
    /// How long an API may be away before the run ends.
    package var patience = Duration.seconds(15 * 60)

    /// Whether what the gates learn is kept for the next run: not where calls have another limit than a run's.
    package var keepsRates = true

    package init() {}
}
