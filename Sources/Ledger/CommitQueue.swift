import GRDB

/// Group commit: writes that wait together are committed together, in one transaction with one fsync.
///
/// Whoever finds nobody committing commits for all who wait, itself included, and then lets the first of those who
/// came in the meantime do the same. So no task is left over, and nobody serves others longer than one commit.
actor CommitQueue {
    typealias Work = @Sendable (Database) throws -> Void

    private enum Wake {
        case lead
        case done
        case failed(any Error)
    }

    private struct Waiter {
        let work: Work
        let wake: CheckedContinuation<Wake, Never>
    }

    private let database: DatabaseQueue
    private var waiters: [Waiter] = []
    private var isCommitting = false

    init(_ database: DatabaseQueue) {
        self.database = database
    }

    /// Runs `work` in a transaction and returns when it is durable.
    ///
    /// - Throws: What any work of the same transaction threw; then none of it happened.
    func perform(_ work: @escaping Work) async throws {
        guard isCommitting else {
            isCommitting = true
            return try await lead(work)
        }
        switch await withCheckedContinuation({ waiters.append(Waiter(work: work, wake: $0)) }) {
        case .lead: try await lead(work)
        case .done: return
        case .failed(let error): throw error
        }
    }

    private func lead(_ work: @escaping Work) async throws {
        let others = waiters
        waiters = []
        defer { passOn() }
        do {
            try await database.write { database in
                try work(database)
                for other in others { try other.work(database) }
            }
            for other in others { other.wake.resume(returning: .done) }
        } catch {
            for other in others { other.wake.resume(returning: .failed(error)) }
            throw error
        }
    }

    private func passOn() {
        if waiters.isEmpty {
            isCommitting = false
        } else {
            waiters.removeFirst().wake.resume(returning: .lead)
        }
    }
}
