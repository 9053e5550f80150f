import Synchronization

/// What happened in a test, in order, with a way to wait until enough of it has happened.
package final class EventLog<Event: Sendable>: Sendable {
    private struct Watcher {
        let wanted: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var events: [Event] = []
        var watchers: [Watcher] = []

        mutating func takeSatisfiedWatchers() -> [Watcher] {
            let satisfied = watchers.filter { $0.wanted <= events.count }
            watchers.removeAll { $0.wanted <= events.count }
            return satisfied
        }
    }

    private let state = Mutex(State())

    package init() {}

    /// Everything so far.
    package var events: [Event] { state.withLock { $0.events } }

    /// Adds one.
    package func append(_ event: Event) {
        let satisfied = state.withLock { state in
            state.events.append(event)
            return state.takeSatisfiedWatchers()
        }
        for watcher in satisfied { watcher.continuation.resume() }
    }

    /// Waits until there are at least `count` events, and gives all there are.
    @discardableResult
    package func wait(for count: Int) async -> [Event] {
        await withCheckedContinuation { continuation in
            let satisfied = state.withLock { state in
                state.watchers.append(Watcher(wanted: count, continuation: continuation))
                return state.takeSatisfiedWatchers()
            }
            for watcher in satisfied { watcher.continuation.resume() }
        }
        return events
    }
}
