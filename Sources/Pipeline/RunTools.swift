package import Domain
package import Logging
package import Pacing

/// All that the parts of a run work with; made once, in one place.
///
/// One object, for every call of every row has a copy.
package final class RunTools: Sendable {
    package let ledger: any RunLedger
    package let plaid: any PlaidCalls
    package let bond: any BondCalls
    package let plaidGate: CallGate
    package let bondGate: CallGate
    package let clock: PacingClock
    /// This machine's clock.
    package let now: @Sendable () -> Timestamp
    /// Draws from 0 to 1.
    package let jitter: @Sendable () -> Double
    package let settings: RunSettings
    package let logger: Logger
    /// Where a run's tasks go, where that matters; nothing in it may wait for a person or a disk.
    package let executor: (any TaskExecutor)?

    package init(
        ledger: any RunLedger,
        plaid: any PlaidCalls,
        bond: any BondCalls,
        plaidGate: CallGate,
        bondGate: CallGate,
        clock: PacingClock,
        now: @escaping @Sendable () -> Timestamp,
        jitter: @escaping @Sendable () -> Double,
        settings: RunSettings,
        logger: Logger,
        executor: (any TaskExecutor)? = nil
    ) {
        self.ledger = ledger
        self.plaid = plaid
        self.bond = bond
        self.plaidGate = plaidGate
        self.bondGate = bondGate
        self.clock = clock
        self.now = now
        self.jitter = jitter
        self.settings = settings
        self.logger = logger
        self.executor = executor
    }

    func gate(_ api: API) -> CallGate {
        api == .plaid ? plaidGate : bondGate
    }
}
