package import Domain
package import Ledger
import Synchronization

/// A ledger that fails where a test says so: as a disk does, or as a process that dies.
package final class FaultyLedger: RunLedger, Sendable {
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

    private let base: LedgerWriter
    private let fate: @Sendable (Int, LinkChange) -> Fate
    private let state = Mutex((commits: 0, isDead: false))

    /// Wraps `base`; `fate` is asked about every commit with its number, from 0.
    package init(_ base: LedgerWriter, fate: @escaping @Sendable (Int, LinkChange) -> Fate) {
        self.base = base
        self.fate = fate
    }

    package var run: Int64 { base.run }

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

    package func marked(_ rows: [InputRow]) -> [MarkedRow] {
        base.marked(rows)
    }

    package func admit(_ rows: [MarkedRow], policy: AdmissionPolicy) async throws -> [Admission] {
        try check()
        return try await base.admit(rows, policy: policy)
    }

    package func exchange(of publicToken: Secret) async throws -> Exchange? {
        try check()
        return try await base.exchange(of: publicToken)
    }

    package func record(_ rows: [InvalidRow]) async throws {
        try check()
        try await base.record(rows)
    }

    package func link(_ id: Link.ID) async throws -> Link {
        try check()
        return try await base.link(id)
    }

    package func ownersInDoubt() async throws -> [Owner] {
        try check()
        return try await base.ownersInDoubt()
    }

    package func doubts(of owner: Owner) async throws -> [Doubt] {
        try check()
        return try await base.doubts(of: owner)
    }

    package func owned(among linkedAccountIDs: [String]) async throws -> Set<String> {
        try check()
        return try await base.owned(among: linkedAccountIDs)
    }

    package func newestProof() async throws -> ListingProof? {
        try check()
        return try await base.newestProof()
    }

    package func lastSuccess(of api: API) async throws -> Timestamp? {
        try check()
        return try await base.lastSuccess(of: api)
    }

    package func noteSuccess(of api: API, at: Timestamp) async throws {
        try check()
        try await base.noteSuccess(of: api, at: at)
    }

    package func hasStoppedBefore(_ stop: String, of api: API) async throws -> Bool {
        try check()
        return try await base.hasStoppedBefore(stop, of: api)
    }

    package func noteStop(_ stop: String, of api: API, at: Timestamp) async throws {
        try check()
        try await base.noteStop(stop, of: api, at: at)
    }

    package func learnedRates() async throws -> [API: Double] {
        try check()
        return try await base.learnedRates()
    }

    package func noteLearned(_ rates: [API: Double], at: Timestamp) async throws {
        try check()
        try await base.noteLearned(rates, at: at)
    }

    package func statesOfInput() async throws -> [RowState: Int] {
        try await base.statesOfInput()
    }

    private func check() throws {
        if state.withLock({ $0.isDead }) { throw Broken() }
    }
}
