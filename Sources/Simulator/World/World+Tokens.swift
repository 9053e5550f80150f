import Synchronization

extension World {
    /// Every processor token ever made, with the Plaid account that it was made for.
    package var accountsByToken: [String: String] {
        state.withLock { $0.tokens.mapValues(\.accountID) }
    }

    /// How many calls of both APIs have their answers.
    package var callCount: Int {
        state.withLock { state in state.tallies.values.reduce(0) { $0 + $1.total } }
    }
}
