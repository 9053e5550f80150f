package import Domain
package import Ledger
import Synchronization

/// A ledger that fails where a test says so: as a disk does, or as a process that dies.
package final class FaultyLedger: LedgerRelay {
    /// What becomes of one commit.
    package enum Fate: Sendable {
        case works
        /// Nothing is written, and this commit fails.
        case fails
        /// It is written, and the caller never hears of it; nor does anybody else of anything from now on.
        case diesAfter
        /// Nothing is written, and the process is gone.
        case diesBefore
    }

    /// What a failing commit throws.
    package struct Broken: Error, CustomStringConvertible {
        package let description = "the disk is gone"
    }

    package let base: LedgerWriter
    private let fate: @Sendable (Int, LinkChange) -> Fate
    private let state = Mutex((commits: 0, isDead: false))

    /// Wraps `base`; `fate` is asked about every commit with its number, from 0.
    package init(_ base: LedgerWriter, fate: @escaping @Sendable (Int, LinkChange) -> Fate) {
        self.base = base
        self.fate = fate
    }

    package func commit(_ change: LinkChange) async throws -> CommitResult {
        try check()
        let number = state.withLock { state in
            state.commits += 1
            return state.commits - 1
        }
        switch fate(number, change) {
        case .works: return try await base.commit(change)
        case .fails: throw Broken()
        case .diesBefore:
            state.withLock { $0.isDead = true }
            throw Broken()
        case .diesAfter:
            state.withLock { $0.isDead = true }
            _ = try await base.commit(change)
            throw Broken()
        }
    }

    package func check() throws {
        if state.withLock({ $0.isDead }) { throw Broken() }
    }
}
