import AsyncHTTPClient
import Synchronization

/// The calls that are out, so that they can be given up all at once.
package final class OpenCalls: Sendable {
    private struct State {
        var next = 0
        var tasks: [Int: HTTPClient.Task<Void>] = [:]
        var isGivenUp = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Ends all calls that are out, and every one that still comes; what was sent may have been processed.
    package func giveUp() {
        let tasks = state.withLock { state in
            state.isGivenUp = true
            return state.tasks.sorted { $0.key < $1.key }.map(\.value)
        }
        for task in tasks { task.cancel() }
    }

    /// Takes in a call that has begun; gives the number by which it is removed.
    func add(_ task: HTTPClient.Task<Void>) -> Int {
        let (number, isGivenUp) = state.withLock { state in
            state.next += 1
            state.tasks[state.next] = task
            return (state.next, state.isGivenUp)
        }
        if isGivenUp { task.cancel() }
        return number
    }

    /// Takes a call out that has ended.
    func remove(_ number: Int) {
        state.withLock { _ = $0.tasks.removeValue(forKey: number) }
    }
}
