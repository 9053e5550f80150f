import Domain
import Synchronization

/// Equal refusals from the beginning on are about the set-up, such as the form of the call, and not about single lines.
final class SetUpStreak: Sendable {
    private static let limit = 5
    private let state = Mutex((code: "", count: 0, hasSucceeded: false))

    /// Takes note of a success.
    func succeeded() {
        state.withLock { $0.hasSucceeded = true }
    }

    /// Takes note of a refusal; says whether it is one too many.
    func isOver(after failure: Failure) -> Bool {
        state.withLock { state in
            state.count = state.code == failure.code ? state.count + 1 : 1
            state.code = failure.code
            return !state.hasSucceeded && state.count >= Self.limit
        }
    }
}
