import Synchronization

/// The bounded space between two stages: who wants to put something in waits until there is room.
package final class Handoff: Sendable {
    /// Thrown to those who wait when the hand-off closes, and to all that come later.
    package struct Closed: Error {}

    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var free: Int
        var waiters: [Waiter] = []
        var isClosed = false

        mutating func take() throws -> Bool {
            if isClosed { throw Closed() }
            if free == 0 { return false }
            free -= 1
            return true
        }
    }

    private let state: Mutex<State>

    /// Makes room for `capacity`, at least one.
    package init(capacity: Int) {
        state = Mutex(State(free: max(1, capacity)))
    }

    /// Waits for room and takes it.
    package func take() async throws {
        if try state.withLock({ try $0.take() }) { return }
        try await withCheckedThrowingContinuation { waiter in
            do {
                // Room may have come about since.
                let isTaken = try state.withLock { state in
                    if try state.take() { return true }
                    state.waiters.append(waiter)
                    return false
                }
                if isTaken { waiter.resume() }
            } catch {
                waiter.resume(throwing: error)
            }
        }
    }

    /// Gives room back; the one who has waited longest gets it.
    package func give() {
        let next = state.withLock { state in
            if state.waiters.isEmpty {
                state.free += 1
                return Waiter?.none
            }
            return state.waiters.removeFirst()
        }
        next?.resume()
    }

    /// Turns away everybody who waits.
    package func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(throwing: Closed()) }
    }
}
