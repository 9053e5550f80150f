import Domain
import Ledger

/// Waits for another run to free the ledger, for as long as `--wait-lock` says.
struct LockWait {
    private static let interval = Duration.milliseconds(500)

    private let limit: Duration
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var hasTold = false

    /// Begins the time that may be waited.
    init(limit: Duration) {
        self.limit = limit
        start = clock.now
    }

    /// Waits a moment if the ledger is in use and there is time left; says whether to try again.
    mutating func mayTryAgain(after error: LedgerError) async throws -> Bool {
        guard case .inUse(_, let holder) = error, clock.now - start < limit else { return false }
        if !hasTold {
            Console.tell(
                "relink: waiting for \(holder) to free the ledger, for \(limit) at most.",
                event: .waitingForLock,
                [("holder", holder)]
            )
        }
        hasTold = true
        try await clock.sleep(for: min(Self.interval, limit))
        return true
    }

    /// Opens a ledger, waiting for it where need be; `opening` is asked for anew at every try, for the time goes on.
    static func open(_ limit: Duration, _ opening: () -> LedgerOpening) async throws -> LedgerWriter {
        var wait = LockWait(limit: limit)
        while true {
            do {
                return try LedgerWriter(opening())
            } catch let error as LedgerError {
                guard try await wait.mayTryAgain(after: error) else { throw error }
            }
        }
    }
}
