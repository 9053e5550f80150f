import Synchronization

/// Group commit: writes that wait together are committed together, in one transaction with one fsync.
///
/// Whoever finds nobody committing commits for all who wait, itself included, and then lets the first of those who
/// came in the meantime do the same. So no task is left over, and nobody serves others longer than one commit.
final class CommitQueue: Sendable {
    typealias Work = @Sendable (LedgerSession) throws -> Void

    private enum Wake {
        case lead
        case done
        case failed(any Error)
    }

    private struct Waiter {
        let work: Work
        let wake: CheckedContinuation<Wake, Never>
    }

    private struct State {
        var waiters: [Waiter] = []
        var isCommitting = false

        mutating func takeLead() -> Bool {
            if isCommitting { return false }
            isCommitting = true
            return true
        }
    }

    private let store: any LedgerStore
    /// What every transaction does at its end, where other workers wait for it.
    private let release: ClaimRelease?
    private let state = Mutex(State())

    init(_ store: any LedgerStore, _ release: ClaimRelease? = nil) {
        (self.store, self.release) = (store, release)
    }

    /// Runs `work` in a transaction and returns when it is durable.
    ///
    /// - Throws: What any work of the same transaction threw; then none of it happened.
    func perform(_ work: @escaping Work) async throws {
        if state.withLock({ $0.takeLead() }) { return try await lead(work) }
        switch await turn(work) {
        case .lead: try await lead(work)
        case .done: return
        case .failed(let error): throw error
        }
    }

    private func turn(_ work: @escaping Work) async -> Wake {
        await withCheckedContinuation { wake in
            // Who committed may have finished since.
            let leads = state.withLock { state in
                if state.takeLead() { return true }
                state.waiters.append(Waiter(work: work, wake: wake))
                return false
            }
            if leads { wake.resume(returning: .lead) }
        }
    }

    private func lead(_ work: @escaping Work) async throws {
        let others = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        defer { passOn() }
        do {
            try await store.write { [release] session in
                try work(session)
                for other in others { try other.work(session) }
                try release?.perform(session)
            }
            release?.confirm()
            for other in others { other.wake.resume(returning: .done) }
        } catch {
            for other in others { other.wake.resume(returning: .failed(error)) }
            throw error
        }
    }

    private func passOn() {
        let next = state.withLock { state in
            if state.waiters.isEmpty {
                state.isCommitting = false
                return Waiter?.none
            }
            return state.waiters.removeFirst()
        }
        next?.wake.resume(returning: .lead)
    }
}
